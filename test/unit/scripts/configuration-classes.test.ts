import { deepEqual, equal } from 'node:assert/strict';
import { kebab, readClasses } from '../../../scripts/model/configuration-classes';

/** The classes of a text, without the file that they are in. */
function read(...texts: readonly string[]) {
  const files = new Map(texts.map((text, index) => [`${index}.scala`, text]));
  const { data, unread } = readClasses(files, 'Root');
  return { classes: Object.assign({}, ...Object.values(data.files)), unread };
}

describe('the reading of configuration classes', () => {
  it('has the keys of a class with types and defaults', () => {
    const { classes } = read(`
      /** A comment: case class No(x: Int) */
      final case class Root(
          override val maxSize: PositiveInt = Root.defaultSize, // and (another
          @deprecated("gone, long ago", since = "3.4") name: Option[String] = None,
          timeout: config.NonNegativeFiniteDuration = config.NonNegativeFiniteDuration.ofSeconds(5),
          bytes: Int = DefaultBytes,
          plain: String,
      ) extends Something {
        val derived: Int = 7
      }
      object Root {
        val defaultSize: PositiveInt = PositiveInt.tryCreate(10)
        private val DefaultBytes: Int = 10 * 1_024
      }`);
    deepEqual(classes, {
      Root: {
        keys: {
          'max-size': 'PositiveInt = PositiveInt.tryCreate(10)',
          name: 'Option[String]',
          timeout: 'NonNegativeFiniteDuration = config.NonNegativeFiniteDuration.ofSeconds(5)',
          bytes: 'Int = 10 * 1_024',
          plain: 'String',
        },
      },
    });
  });

  it('follows types through scopes, aliases, other names and files', () => {
    const { classes, unread } = read(
      `import a.b.{Other as Renamed, More}
      final case class Root(inner: Root.Inner = Root.Inner(), other: Renamed, short: Short2, what: Nowhere)
      object Root {
        final case class Inner(deep: Map[String, Deep] = Map.empty)
        object Inner { final case class Deep(flag: Boolean) }
        type Short2 = Inner
      }`,
      'final case class Other(port: Port)',
    );
    deepEqual(classes, {
      Root: { keys: { inner: 'Root.Inner = ()', other: 'Other', short: 'Root.Inner', what: 'Nowhere' } },
      'Root.Inner': { keys: { deep: 'Map[String, Inner.Deep] = Map.empty' } },
      'Inner.Deep': { keys: { flag: 'Boolean' } },
      Other: { keys: { port: 'Port' } },
    });
    deepEqual(unread, ['Root.what: Nowhere']);
  });

  it('has the options of a family, and words where a reader takes them', () => {
    const { classes } = read(`
      final case class Root(shape: Shape, color: Color)
      sealed trait Shape
      object Shape {
        case object Point extends Shape
        sealed trait Round extends Shape
        final case class Circle2D(radius: Double) extends Round
      }
      sealed abstract class Color(val name: String) extends Product
      object Color { case object DarkRed extends Color("red") }
      object Readers { implicit val colorReader = deriveEnumerationReader[
        readers.Color
      ] }`);
    deepEqual(classes.Shape, { options: { point: 'Shape.Point', 'circle-2-d': 'Shape.Circle2D' } });
    deepEqual(classes['Shape.Circle2D'], { keys: { radius: 'Double' } });
    deepEqual(classes.Color, { words: ['dark-red'] });
  });

  it('has old keys, those of a trait for each class that extends it', () => {
    const { classes } = read(`
      trait Node
      final case class Root(port: Port) extends Node with More
      object Deprecations {
        implicit def ofNode[X <: Node]: DeprecatedFieldsFor[X] = new DeprecatedFieldsFor[Node] {
          override def movedFields = List(
            DeprecatedConfigUtils.MovedConfigPath("a.old", since = "3.5.0", to = Seq("b.new", "c")),
            MovedConfigPath("x", "y"),
          )
          override def deprecatePath = List(
            DeprecatedConfigPath[Boolean]("gone", "3.5.1"),
            DeprecatedConfigPath("off", since = "3.4.0", valueFilter = Some(false)),
          )
        }
      }`);
    deepEqual(classes.Root, {
      keys: { port: 'Port' },
      moved: { 'a.old': ['b.new', 'c'], x: ['y'] },
      dropped: { gone: '3.5.1', off: '3.4.0 if false' },
    });
  });

  it('names keys as PureConfig does', () => {
    const names = ['maxIdsPerPage', 'enableTLS', 'H2', 'pv34Support', 'a', 'TLSCert'];
    equal(names.map(kebab).join(' '), 'max-ids-per-page enable-tls h-2 pv-34-support a tls-cert');
  });
});
