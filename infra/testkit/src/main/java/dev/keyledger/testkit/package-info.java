/** The platform that tests run on: containers where Docker answers, the local parts elsewhere. */
@NullMarked
package dev.keyledger.testkit;

import org.jspecify.annotations.NullMarked;
