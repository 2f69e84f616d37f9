// <samvirke-hjelp src="https://…/oslo/innebygd.html"></samvirke-hjelp>
// Shows a municipality's help inside a foreign page, in a shadow tree so that neither page's styles disturb
// the other. No cookies, no storage, one request for the fragment and one for its stylesheet.
customElements.define("samvirke-hjelp", class extends HTMLElement {
  static observedAttributes = ["src"];
  attributeChangedCallback() {
    const source = new URL(this.getAttribute("src"), document.baseURI);
    fetch(source, { credentials: "omit", referrerPolicy: "no-referrer" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
      .then((html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html");
        for (const link of parsed.querySelectorAll("[href]")) {
          const href = link.getAttribute("href");
          if (!/^(tel|sms|mailto):/.test(href)) link.setAttribute("href", new URL(href, source).href);
        }
        const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
        root.replaceChildren(...parsed.head.querySelectorAll("link[rel=stylesheet]"), ...parsed.querySelectorAll(".samvirke"));
      })
      .catch(() => {
        // The plain content between the tags stays: a link to the page, written by the municipality.
      });
  }
});
