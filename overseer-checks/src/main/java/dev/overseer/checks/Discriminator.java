package dev.overseer.checks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a sealed interface whose permitted classes are records: names the column, or the field of a
 * document, whose text is the name of the record to be made, in any case and hyphenation. {@code
 * card-payment} is a {@code CardPayment}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
  String value();
}
