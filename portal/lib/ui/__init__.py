"""What every page is built from: words for values, the navigation, the theme and the reader's time zone."""
