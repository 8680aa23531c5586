"""Documents made for the tests, in the templates that employers use, with what is to be read."""
