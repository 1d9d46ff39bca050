package dev.overseer.views.binding;

import dev.overseer.views.View;
import org.jspecify.annotations.Nullable;

/** A field of a view's type. Immutable; safe for many threads. */
sealed interface ViewField permits AliasField, TotalField {

  @Nullable Object read(View view);
}
