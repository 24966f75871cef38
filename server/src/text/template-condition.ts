/** The conditions and loops of Helm and Jinja: they write nothing themselves. */
export const TEMPLATE_CONDITION =
  /^(?:\{\{-?\s*(?:if|else|with|range|end)\b|\{%[-+]?\s*(?:if|elif|else|endif|for|endfor|with|endwith)\b)/;
