/*
 * The loops of the trace replay in C, as the mark for our own: gcc -O3 -march=native -DHASHED=0 or 1.
 *   replay TRACE POLICY CAPACITY UNIQUE
 * TRACE: 32-bit integers, little-endian; with HASHED=0 each below UNIQUE. Prints "seconds misses".
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if HASHED
static int capacity, mask, shift;
static int32_t *slot_of, *place_keys, *key_of, *newer, *older;
static uint8_t *visited;

static int home(int32_t key) { return (uint32_t)key * 0x9e3779b1u >> shift; }

static int find(int32_t key) {
  for (int i = home(key); slot_of[i]; i = (i + 1) & mask)
    if (place_keys[i] == key) return slot_of[i];
  return 0;
}

static void add(int32_t key, int slot) {
  int i = home(key);
  while (slot_of[i]) i = (i + 1) & mask;
  place_keys[i] = key;
  slot_of[i] = slot;
  key_of[slot] = key;
}

static void drop(int slot) {
  int32_t key = key_of[slot];
  int gap = home(key);
  while (slot_of[gap] == 0 || place_keys[gap] != key) gap = (gap + 1) & mask;
  for (int i = (gap + 1) & mask; slot_of[i]; i = (i + 1) & mask)
    if (((i - home(place_keys[i])) & mask) >= ((i - gap) & mask)) {
      place_keys[gap] = place_keys[i];
      slot_of[gap] = slot_of[i];
      gap = i;
    }
  slot_of[gap] = 0;
}

/* Slots count from 1; 0 is the sentinel: newer[0] is the oldest, older[0] the newest. */
static void unlink_slot(int slot) {
  newer[older[slot]] = newer[slot];
  older[newer[slot]] = older[slot];
}
static void link_newest(int slot) {
  int newest = older[0];
  older[slot] = newest;
  newer[slot] = 0;
  newer[newest] = slot;
  older[0] = slot;
}

enum { FIFO, LRU, SIEVE };

static inline __attribute__((always_inline)) long replay(const int32_t *trace, long n, int policy) {
  long misses = 0;
  int size = 0, hand = 0;
  for (long i = 0; i < n; i++) {
    int32_t key = trace[i];
    int slot = find(key);
    if (slot) {
      if (policy == LRU && newer[slot]) {
        unlink_slot(slot);
        link_newest(slot);
      }
      if (policy == SIEVE) visited[slot] = 1;
      continue;
    }
    misses++;
    if (size < capacity)
      slot = ++size;
    else {
      if (policy == SIEVE) {
        if (!hand) hand = newer[0];
        while (visited[hand]) {
          visited[hand] = 0;
          hand = newer[hand];
          if (!hand) hand = newer[0];
        }
        slot = hand;
        hand = newer[slot];
      } else
        slot = newer[0];
      unlink_slot(slot);
      drop(slot);
    }
    add(key, slot);
    link_newest(slot);
    if (policy == SIEVE) visited[slot] = 0;
  }
  return misses;
}
#else
static int capacity;

/* What is known of a key sits at its id; nodes are id + 1, two links each: newer, older. Node 0 is the sentinel. */
static long replay_fifo(const int32_t *trace, long n, long unique) {
  uint8_t *held = calloc(unique, 1);
  int32_t *ring = calloc(capacity, 4);
  long misses = 0;
  int next = 0, size = 0;
  for (long i = 0; i < n; i++) {
    int32_t id = trace[i];
    if (held[id]) continue;
    misses++;
    if (size == capacity)
      held[ring[next]] = 0;
    else
      size++;
    ring[next] = id;
    held[id] = 1;
    if (++next == capacity) next = 0;
  }
  return misses;
}

static inline void link_newest(int32_t *links, int node) {
  int newest = links[1];
  links[2 * node] = 0;
  links[2 * node + 1] = newest;
  links[2 * newest] = node;
  links[1] = node;
}

static long replay_lru(const int32_t *trace, long n, long unique) {
  int32_t *links = malloc(8 * (unique + 1));
  memset(links, 255, 8 * (unique + 1));
  links[0] = links[1] = 0;
  long misses = 0;
  int size = 0;
  for (long i = 0; i < n; i++) {
    int node = trace[i] + 1, newer = links[2 * node];
    if (newer == 0) continue;
    if (newer > 0) {
      int older = links[2 * node + 1];
      links[2 * older] = newer;
      links[2 * newer + 1] = older;
    } else {
      misses++;
      if (size == capacity) {
        int oldest = links[0], second = links[2 * oldest];
        links[0] = second;
        links[2 * second + 1] = 0;
        links[2 * oldest] = -1;
      } else
        size++;
    }
    link_newest(links, node);
  }
  return misses;
}

static long replay_sieve(const int32_t *trace, long n, long unique) {
  int32_t *links = calloc(2 * (unique + 1), 4);
  uint8_t *states = calloc(unique + 1, 1);
  long misses = 0;
  int size = 0, hand = 0;
  for (long i = 0; i < n; i++) {
    int node = trace[i] + 1;
    if (states[node]) {
      states[node] = 2;
      continue;
    }
    misses++;
    if (size == capacity) {
      if (!hand) hand = links[0];
      while (states[hand] == 2) {
        states[hand] = 1;
        hand = links[2 * hand];
        if (!hand) hand = links[0];
      }
      states[hand] = 0;
      int newer = links[2 * hand], older = links[2 * hand + 1];
      links[2 * older] = newer;
      links[2 * newer + 1] = older;
      hand = newer;
    } else
      size++;
    link_newest(links, node);
    states[node] = 1;
  }
  return misses;
}
#endif

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 2;
  fseek(file, 0, SEEK_END);
  long n = ftell(file) / 4;
  rewind(file);
  int32_t *trace = malloc(4 * n);
  if (fread(trace, 4, n, file) != (size_t)n) return 2;
  capacity = atoi(argv[3]);
  double began = now();
#if HASHED
  int bits = 4;
  while (1L << bits < 2L * capacity) bits++;
  mask = (1 << bits) - 1;
  shift = 32 - bits;
  slot_of = calloc(1L << bits, 4);
  place_keys = calloc(1L << bits, 4);
  key_of = calloc(capacity + 1, 4);
  newer = calloc(capacity + 1, 4);
  older = calloc(capacity + 1, 4);
  visited = calloc(capacity + 1, 1);
  long misses = !strcmp(argv[2], "fifo")  ? replay(trace, n, FIFO)
                : !strcmp(argv[2], "lru") ? replay(trace, n, LRU)
                                          : replay(trace, n, SIEVE);
#else
  long unique = atol(argv[4]);
  long misses = !strcmp(argv[2], "fifo")  ? replay_fifo(trace, n, unique)
                : !strcmp(argv[2], "lru") ? replay_lru(trace, n, unique)
                                          : replay_sieve(trace, n, unique);
#endif
  printf("%.9f %ld\n", now() - began, misses);
}
