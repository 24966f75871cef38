package oracle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes plain values as JSON, keys sorted so that two recordings can be compared line by line. */
final class Json {
  private Json() {}

  /** Null where a number is beyond the range of a double. */
  static String write(Object value) {
    var out = new StringBuilder();
    return append(out, value) ? out.toString() : null;
  }

  static String quote(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ' || c > '~') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }

  private static boolean append(StringBuilder out, Object value) {
    if (value instanceof String text) out.append(quote(text));
    else if (value instanceof Map<?, ?> map) return appendMap(out, map);
    else if (value instanceof List<?> list) return appendList(out, list);
    else if (value instanceof Double d && !Double.isFinite(d)) return false;
    else out.append(value);
    return true;
  }

  private static boolean appendMap(StringBuilder out, Map<?, ?> map) {
    String separator = "{";
    for (var entry : new TreeMap<>(map).entrySet()) {
      out.append(separator).append(quote((String) entry.getKey())).append(':');
      if (!append(out, entry.getValue())) return false;
      separator = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
    return true;
  }

  private static boolean appendList(StringBuilder out, List<?> list) {
    String separator = "[";
    for (Object element : list) {
      out.append(separator);
      if (!append(out, element)) return false;
      separator = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
    return true;
  }
}
