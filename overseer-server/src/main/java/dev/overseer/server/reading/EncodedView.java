package dev.overseer.server.reading;

import dev.overseer.model.ModelDefinition;
import dev.overseer.server.protobuf.OwnType;
import dev.overseer.server.protobuf.ViewEncoding;
import dev.overseer.server.protobuf.envelope.Note;
import dev.overseer.server.protobuf.envelope.Standing;
import dev.overseer.views.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A view of one root as protobuf. */
record EncodedView(OneView one, SchemaColumns columns) {

  /**
   * @param own the type that the user gave it, if he did
   */
  byte[] message(Optional<OwnType> own) {
    ViewAnswer answer = one.answer();
    Standing standing = EnvelopeTelling.standing(answer.standing());
    List<Note> notes = EnvelopeTelling.notes(one.view().definition().rootAlias(), answer);
    return own.map(it -> it.encode(one.view(), standing, notes))
        .orElseGet(() -> encoding().encode(one.view(), columns::of, standing, notes));
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
