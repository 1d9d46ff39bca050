package dev.overseer.server.reading;

import dev.overseer.model.ModelDefinition;
import dev.overseer.server.protobuf.ViewEncoding;
import dev.overseer.views.View;
import java.util.List;
import java.util.stream.Stream;

/** A view of one root as protobuf. */
record EncodedView(OneView one, SchemaColumns columns) {

  byte[] message() {
    ViewAnswer answer = one.answer();
    return encoding()
        .encode(
            one.view(),
            columns::of,
            EnvelopeTelling.standing(answer.standing()),
            EnvelopeTelling.notes(one.view().definition().rootAlias(), answer));
  }

  /** Of exactly that message. */
  byte[] descriptors() {
    return encoding().descriptors();
  }

  private ViewEncoding encoding() {
    View view = one.view();
    List<View.Member> members =
        Stream.concat(
                Stream.of(view.root()), view.members().values().stream().flatMap(List::stream))
            .toList();
    List<ModelDefinition> models = List.copyOf(one.moment().models());
    return new ViewEncoding(view.definition(), columns.all(models, members));
  }
}
