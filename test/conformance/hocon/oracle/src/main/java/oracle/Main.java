package oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads launch sets from standard input, one a line, the paths of a set joined by {@code |}, and prints for each one
 * line of JSON: {@code {"json":…}}, {@code {}} for a result that JSON cannot hold, or {@code {"error":"parse"|"resolve",
 * "type":…, "line":…, "file":…, "message":…}}. The environment and the working directory are those of this process.
 */
public final class Main {
  private static final long STACK_BYTES = 1L << 29;
  private static final int SECONDS_FOR_A_SET = 20;

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) out.println(verdict(line.split("\\|")));
    out.flush();
    // A thread that ran out of its time may still be at it.
    System.exit(0);
  }

  /** Deep texts need a deep stack, and some grow without end, so each set has a thread of its own. */
  private static String verdict(String[] paths) throws InterruptedException {
    var task = new FutureTask<>(() -> LaunchSet.read(paths));
    var thread = new Thread(null, task, "set", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(SECONDS_FOR_A_SET, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return "{\"error\":\"none\",\"message\":" + Json.quote(String.valueOf(e)) + "}";
    }
  }
}
