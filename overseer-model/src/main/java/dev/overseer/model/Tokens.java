package dev.overseer.model;

/**
 * Makes what is stored in place of personal values. The same text always gives the same token, for
 * as long as the secrets and the subject's key stay. Safe for many threads.
 */
public interface Tokens {

  /**
   * @param text a value's text as the source sent it, in its bytes
   */
  String hash(byte[] text);

  /**
   * Makes the subject a key if it has none. What is encrypted may be stored only after {@link
   * #keep}.
   */
  String encrypt(Subject subject, byte[] text);

  /**
   * Makes the keys of everything that was encrypted before durable. Fails with {@link Unavailable}.
   */
  void keep();

  /** For sources of which nothing is treated. */
  static Tokens none() {
    return new Tokens() {
      @Override
      public String hash(byte[] text) {
        throw new InvariantViolated("A value is to be hashed, and there is no secret for it");
      }

      @Override
      public String encrypt(Subject subject, byte[] text) {
        throw new InvariantViolated("A value is to be encrypted, and there is no key for it");
      }

      @Override
      public void keep() {}
    };
  }
}
