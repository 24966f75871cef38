package oracle;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.File;

/** The files of one Canton process: each parsed, later ones over earlier ones, resolved once. */
final class LaunchSet {
  private LaunchSet() {}

  static String read(String[] paths) {
    Config merged;
    try {
      merged = merge(paths);
    } catch (RuntimeException e) {
      return failure("parse", e);
    }
    try {
      return success(merged.resolve());
    } catch (RuntimeException e) {
      return failure("resolve", e);
    }
  }

  private static Config merge(String[] paths) {
    Config merged = ConfigFactory.empty();
    for (String path : paths) merged = ConfigFactory.parseFile(new File(path)).withFallback(merged);
    return merged;
  }

  private static String success(Config config) {
    String json = Json.write(config.root().unwrapped());
    return json == null ? "{}" : "{\"json\":" + json + "}";
  }

  private static String failure(String stage, RuntimeException e) {
    var out = new StringBuilder("{\"error\":\"").append(stage).append('"');
    out.append(",\"type\":").append(Json.quote(e.getClass().getSimpleName()));
    var origin = e instanceof ConfigException known ? known.origin() : null;
    if (origin != null && origin.lineNumber() > 0) out.append(",\"line\":").append(origin.lineNumber());
    if (origin != null && origin.filename() != null) {
      out.append(",\"file\":").append(Json.quote(new File(origin.filename()).getName()));
    }
    return out.append(",\"message\":").append(Json.quote(String.valueOf(e.getMessage()))).append('}').toString();
  }
}
