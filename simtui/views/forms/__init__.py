"""What a person is asked to set up something: fields, their rules, and what is made of them."""
