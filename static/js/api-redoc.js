// Redoc, from this site alone: without its search, which asks for a worker made of words.

/* global Redoc */

const place = document.querySelector("[data-api-redoc]");

Redoc.init(
  place.dataset.schema,
  {
    disableSearch: true,
    hideDownloadButton: true,
    nativeScrollbars: true,
    scrollYOffset: ".top",
    theme: { typography: { fontFamily: "inherit", headings: { fontFamily: "inherit" } } },
  },
  place,
);
