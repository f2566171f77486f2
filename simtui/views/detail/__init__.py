"""The sections of the Thing detail, one module for each thing they are about."""
