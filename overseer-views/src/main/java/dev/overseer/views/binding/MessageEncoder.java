package dev.overseer.views.binding;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes messages of views, or of records alone, where only the descriptor of the message's type is
 * known. Its fields are matched as those of a check's type are, and what a field cannot hold is
 * left out and told. Immutable; safe for many threads.
 */
public final class MessageEncoder {
  private final Shape shape;

  private sealed interface Shape {
    record OfView(MessageView view) implements Shape {}

    record OfRecord(String model, MessageShape record) implements Shape {}
  }

  private MessageEncoder(Shape shape) {
    this.shape = shape;
  }

  /**
   * Something that is not in the message.
   *
   * @param field empty when it is the whole member
   * @param status {@code unfit}, {@code unknown} or {@code ambiguous}
   */
  public record LeftOut(String alias, String record, String field, String status, String reason) {}

  /**
   * An encoder of a view.
   *
   * @param mismatches hears of all that does not fit; then there is no encoder
   */
  public static Optional<MessageEncoder> ofView(
      Descriptor type, ViewDefinition view, Consumer<Mismatch> mismatches) {
    Mismatches found = new Mismatches();
    Optional<ViewShape> shape = MessageView.of(prototype(type), new ViewFields(view, found));
    found.all().forEach(mismatches);
    return shape
        .filter(_ -> found.all().isEmpty())
        .map(it -> new MessageEncoder(new Shape.OfView((MessageView) it)));
  }

  /** An encoder of the root of a view alone, whose columns the message has fields for. */
  public static Optional<MessageEncoder> ofRecord(
      Descriptor type, ModelName model, Consumer<Mismatch> mismatches) {
    Mismatches found = new Mismatches();
    Optional<MemberShape> shape = MessageShape.of(type.getName(), prototype(type), found);
    found.all().forEach(mismatches);
    return shape
        .filter(_ -> found.all().isEmpty())
        .map(it -> new MessageEncoder(new Shape.OfRecord(model.value(), (MessageShape) it)));
  }

  private static Message prototype(Descriptor type) {
    return DynamicMessage.getDefaultInstance(type);
  }

  /** The message; empty when it is of a record that is not present. */
  public Optional<Message> encode(View view, Consumer<LeftOut> leftOut) {
    return switch (shape) {
      case Shape.OfView(MessageView type) -> Optional.of(encode(type, view, leftOut));
      case Shape.OfRecord(String model, MessageShape type) ->
          record(model, view.root(), type, leftOut);
    };
  }

  private static Message encode(MessageView type, View view, Consumer<LeftOut> leftOut) {
    Message.Builder message = type.builder();
    for (int i = 0; i < type.fields().size(); i++) {
      FieldDescriptor descriptor = type.descriptors().get(i);
      switch (type.fields().get(i)) {
        case AliasField field -> putMembers(message, descriptor, field, view, leftOut);
        case TotalField field -> putTotal(message, descriptor, field, view, leftOut);
      }
    }
    return message.build();
  }

  private static void putMembers(
      Message.Builder message,
      FieldDescriptor descriptor,
      AliasField field,
      View view,
      Consumer<LeftOut> leftOut) {
    List<View.Member> members = field.members(view);
    if (!descriptor.isRepeated() && members.size() > 1) {
      leftOut.accept(ambiguous(field, members));
      return;
    }
    for (View.Member member : members) {
      Optional<Message> record = record(field.alias(), member, shape(field), leftOut);
      if (descriptor.isRepeated()) {
        record.ifPresent(it -> message.addRepeatedField(descriptor, it));
      } else {
        record.ifPresent(it -> message.setField(descriptor, it));
      }
    }
  }

  private static void putTotal(
      Message.Builder message,
      FieldDescriptor descriptor,
      TotalField field,
      View view,
      Consumer<LeftOut> leftOut) {
    try {
      message.setField(descriptor, field.read(view));
    } catch (UnknownValue unknown) {
      leftOut.accept(
          new LeftOut(field.alias(), "", "", "unknown", String.valueOf(unknown.getMessage())));
    }
  }

  private static LeftOut ambiguous(AliasField field, List<View.Member> members) {
    String reason =
        "there are %d: %s"
            .formatted(members.size(), members.stream().map(View.Member::key).toList());
    return new LeftOut(field.alias(), "", "", "ambiguous", reason);
  }

  private static MessageShape shape(AliasField field) {
    if (field.shape() instanceof MessageShape shape) {
      return shape;
    }
    throw new InvariantViolated("The members of a message are messages");
  }

  private static Optional<Message> record(
      String alias, View.Member member, MessageShape type, Consumer<LeftOut> leftOut) {
    return member.state() instanceof RecordState.Present state
        ? Optional.of(
            type.encode(
                member.key(),
                state,
                (field, status, reason) ->
                    leftOut.accept(
                        new LeftOut(alias, member.key().toString(), field, status, reason))))
        : Optional.empty();
  }
}
