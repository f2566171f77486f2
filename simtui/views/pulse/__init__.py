"""What is wrong with an account now, as rows: judged from what is known, without Textual."""
