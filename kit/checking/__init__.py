"""What is wrong with a case: `rules` for each of its files, and `whole_case`, which asks all of them."""
