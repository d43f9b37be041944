// Swagger UI, from this site alone. Who is signed in here tries things as themselves.

/* global SwaggerUIBundle */

const place = document.querySelector("[data-api-docs]");
const dark = matchMedia("(prefers-color-scheme: dark)");

// It has a dark side of its own, which it knows by a class.
function followTheme() {
  const { theme } = document.documentElement.dataset;
  const isDark = theme === "dark" || (theme !== "light" && dark.matches);
  document.documentElement.classList.toggle("dark-mode", isDark);
}

followTheme();
dark.addEventListener("change", followTheme);
new MutationObserver(followTheme).observe(document.documentElement, {
  attributeFilter: ["data-theme"],
});

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  tagsSorter: "alpha",
  validatorUrl: null,
  requestInterceptor(request) {
    if (place.dataset.token && !["GET", "HEAD"].includes(request.method)) {
      request.headers["X-CSRFToken"] = place.dataset.token;
    }
    return request;
  },
});
