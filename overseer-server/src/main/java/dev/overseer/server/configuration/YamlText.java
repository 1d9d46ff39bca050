package dev.overseer.server.configuration;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML 1.2 to nodes that know where they stand. */
final class YamlText {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setParseComments(false).build();

  private YamlText() {}

  /** Empty when the text is no YAML, which is then a mistake, or says nothing at all. */
  static Optional<Node> compose(String text, Mistakes mistakes) {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      if (root.isEmpty()) {
        mistakes.add(Place.START, "the file is empty", "at least 'sources', 'models' and 'views'");
      }
      return root;
    } catch (MarkedYamlEngineException e) {
      Place place = Place.of(e.getProblemMark(), e.getProblemMark());
      String context =
          e.getContextMark()
              .map(it -> ", %s from line %d on".formatted(e.getContext(), it.getLine() + 1))
              .orElse("");
      mistakes.add(place, "this is not YAML: " + e.getProblem() + context, "");
    } catch (YamlEngineException e) {
      mistakes.add(Place.START, "this is not YAML: " + e.getMessage(), "");
    }
    return Optional.empty();
  }
}
