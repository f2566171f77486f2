"""The bill on the screen: what is watched for it, and its rows in order."""
