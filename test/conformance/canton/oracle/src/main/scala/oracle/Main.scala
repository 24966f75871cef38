package oracle

import com.typesafe.config.{ConfigFactory, ConfigRenderOptions, ConfigValueFactory}

import java.io.PrintStream
import java.nio.charset.StandardCharsets.UTF_8
import scala.io.{Codec, Source}
import scala.jdk.CollectionConverters._

/** Reads `{"id", "version", "text"}` a line, prints `{"id", "version", "verdict", "failures"}` a line. */
object Main {
  def main(args: Array[String]): Unit = {
    val out = new PrintStream(System.out, true, UTF_8)
    val loads = collection.mutable.Map.empty[String, Load]
    Source.fromInputStream(System.in)(Codec.UTF8).getLines().filter(_.nonEmpty).foreach { line =>
      val request = ConfigFactory.parseString(line)
      val (id, version) = (request.getString("id"), request.getString("version"))
      val verdict = loads.getOrElseUpdate(version, new Load(Line.of(version)))(request.getString("text"))
      val failures = verdict.failures.map { failure =>
        (Map("message" -> failure.message) ++ failure.path.map("path" -> _)).asJava
      }
      out.println(json(Map("id" -> id, "version" -> version, "verdict" -> verdict.word, "failures" -> failures.asJava)))
    }
  }

  private def json(values: Map[String, Any]): String =
    ConfigValueFactory.fromMap(values.asJava).render(ConfigRenderOptions.concise)
}
