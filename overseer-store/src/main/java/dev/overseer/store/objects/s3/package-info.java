/** Object storage that speaks S3. The only place that knows the client's library. */
@NullMarked
package dev.overseer.store.objects.s3;

import org.jspecify.annotations.NullMarked;
