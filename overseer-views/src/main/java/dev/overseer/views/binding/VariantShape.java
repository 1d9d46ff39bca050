package dev.overseer.views.binding;

import dev.overseer.model.InvariantViolated;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sealed interface, of whose records a column says which one a view's record is. */
record VariantShape(ScalarField discriminator, List<ScalarField> fields) implements MemberShape {

  static Optional<MemberShape> of(String path, Class<?> type, Mismatches mismatches) {
    Optional<String> column = Variants.discriminator(path, type, mismatches);
    Map<String, MemberShape> shapes = new LinkedHashMap<>();
    for (Class<?> permitted : Variants.records(path, type, mismatches)) {
      RecordShape.of(path + "(" + permitted.getSimpleName() + ")", permitted, mismatches)
          .ifPresent(shape -> shapes.put(permitted.getSimpleName(), shape));
    }
    return column
        .filter(_ -> shapes.size() == type.getPermittedSubclasses().length)
        .map(name -> of(path, type, name, shapes));
  }

  private static MemberShape of(
      String path, Class<?> type, String column, Map<String, MemberShape> shapes) {
    ScalarField discriminator =
        new ScalarField(
            path + "." + column,
            column,
            EnumNames.ofConstants(shapes).scalar(type.getSimpleName()),
            Absence.REFUSED,
            "a row without it is none of the records");
    List<ScalarField> fields = new ArrayList<>(List.of(discriminator));
    shapes.values().forEach(shape -> fields.addAll(shape.fields()));
    return new VariantShape(discriminator, List.copyOf(fields));
  }

  @Override
  public Object make(RecordKey record, RecordState.Present state) {
    if (discriminator.read(record, state) instanceof MemberShape chosen) {
      return chosen.make(record, state);
    }
    throw new InvariantViolated("A discriminator chose what is no record");
  }
}
