package dev.overseer.views.binding;

import dev.overseer.views.View;
import java.util.List;
import java.util.stream.Stream;

/** The type of a whole view. Immutable; safe for many threads. */
interface ViewShape {

  Object make(View view);

  List<ViewField> fields();

  /** Those that are bound to records. */
  default List<AliasField> ofRecords() {
    return fields().stream()
        .flatMap(
            field ->
                switch (field) {
                  case AliasField ofRecords -> Stream.of(ofRecords);
                  case TotalField _ -> Stream.of();
                })
        .toList();
  }
}
