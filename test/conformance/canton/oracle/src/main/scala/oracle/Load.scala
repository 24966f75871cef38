package oracle

import com.typesafe.config.{Config, ConfigException, ConfigFactory, ConfigResolveOptions}
import pureconfig.error.{ConfigReaderFailure, ConvertFailure, UnknownKey}
import pureconfig.{ConfigReader, ConfigSource, Derivation}

import scala.util.control.NonFatal
import scala.util.{Failure => Failed, Success, Try}

final case class Failure(path: Option[String], message: String)
final case class Verdict(word: String, failures: List[Failure] = Nil)

/** Takes one text through the stages of Canton's loading; the environment is empty. */
final class Load(line: Line) {
  private val readers = new CantonReaders(line)

  def apply(text: String): Verdict =
    try {
      Try(ConfigFactory.parseString(text)) match {
        case Success(parsed)            => resolved(parsed)
        case Failed(e: ConfigException) => Verdict("HOCON", List(Failure(None, e.getMessage)))
        case Failed(e)                  => throw e
      }
    } catch {
      case NonFatal(e) => Verdict("CRASH", List(Failure(None, s"${e.getClass.getSimpleName}: ${e.getMessage}")))
    }

  private def resolved(parsed: Config): Verdict =
    try judged(parsed.resolve(ConfigResolveOptions.noSystem))
    catch { case e: ConfigException.UnresolvedSubstitution => Verdict("RESOLVE", List(Failure(None, e.getMessage))) }

  private def judged(config: Config): Verdict =
    read(config) match {
      case Left(failures) => Verdict("READ", failures.toList.map(failure))
      case Right(facts) =>
        Validation.failures(facts) match {
          case Nil =>
            Startup.failures(facts) match {
              case Nil     => Verdict("LOADS")
              case reasons => Verdict("START", reasons.map(Failure(None, _)))
            }
          case messages => Verdict("VALIDATE", messages.map(Failure(None, _)))
        }
    }

  /** Since 3.5 two switches together drop the unknown keys that a first reading reports. */
  private def read(config: Config): ConfigReader.Result[Facts] = {
    val first = load(config)
    first match {
      case Left(failures) if (line >= Line.V35) && dropsUnknown(config) =>
        val unknown = failures.toList.collect { case ConvertFailure(UnknownKey(_), _, path) => path }
        if (unknown.isEmpty) first else load(unknown.foldLeft(config)(_.withoutPath(_)))
      case _ => first
    }
  }

  private def load(config: Config): ConfigReader.Result[Facts] =
    ConfigSource.fromConfig(config).at("canton").load[Facts](Derivation.Successful(readers.read))

  private def dropsUnknown(config: Config): Boolean = {
    def switch(name: String, otherwise: Boolean) =
      Try(config.getBoolean(s"canton.parameters.$name")).getOrElse(otherwise)
    switch("non-standard-config", otherwise = false) && !switch("fail-on-unknown-config-keys", otherwise = true)
  }

  private def failure(failure: ConfigReaderFailure): Failure = failure match {
    case ConvertFailure(reason, _, path) => Failure(Some(path), reason.description)
    case other                           => Failure(None, other.description)
  }
}
