package dev.keyledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HashTest {

  @Test
  void isReadAsItIsWritten() throws MalformedException {
    Hash hash = Trees.leaf(1);

    assertThat(Hash.parse(hash.toString())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.of(hash.bytes())).isEqualTo(hash).isNotEqualTo(Trees.leaf(2));
  }

  @Test
  void has32Bytes() {
    assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Hash.of(new byte[33])).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Hash.parse("AAAA")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> Hash.parse("?")).isInstanceOf(MalformedException.class);
  }

  @Test
  void isNotChangedFromOutside() throws MalformedException {
    byte[] bytes = new byte[Hash.SIZE];
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[1] = 1;

    assertThat(hash.bytes()).containsOnly(0);
  }
}
