package dev.overseer.views.binding;

import dev.overseer.views.View;
import java.util.List;

/** The type of a whole view. Immutable; safe for many threads. */
interface ViewShape {

  Object make(View view);

  List<AliasField> fields();
}
