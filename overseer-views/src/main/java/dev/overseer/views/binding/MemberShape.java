package dev.overseer.views.binding;

import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import java.util.List;

/** The type of one record of a view. Immutable; safe for many threads. */
interface MemberShape {

  Object make(RecordKey record, RecordState.Present state);

  List<ScalarField> fields();
}
