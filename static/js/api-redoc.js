// Redoc, from this site alone: without its search, which asks for a worker made of words.

/* global Redoc */

const PROBLEM = "#/components/responses/Problem";
const place = document.querySelector("[data-api-redoc]");

// It draws everything at once. That each of ten errors is a problem document is said on top; drawn
// for every address that would be most of the page.
function withoutProblems(description) {
  for (const methods of Object.values(description.paths)) {
    for (const { responses = {} } of Object.values(methods)) {
      for (const [status, answer] of Object.entries(responses)) {
        if (answer.$ref === PROBLEM) delete responses[status];
      }
    }
  }
  return description;
}

const answer = await fetch(place.dataset.schema);

Redoc.init(
  withoutProblems(await answer.json()),
  {
    disableSearch: true,
    generatedPayloadSamplesMaxDepth: 2,
    hideDownloadButton: true,
    nativeScrollbars: true,
    theme: { typography: { fontFamily: "inherit", headings: { fontFamily: "inherit" } } },
  },
  place,
);
