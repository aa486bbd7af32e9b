"""One look for every page: components, forms, numbers, words and layouts."""
