"""One M/M/c station in SimPy 2 or later: `mmc.py CUSTOMERS SEED`. Prints customers a second and the mean wait in seconds."""
import random
import sys
import time

CUSTOMERS, SEED = int(sys.argv[1]), int(sys.argv[2])
RATE, SERVICE_S, SERVERS = 8.0, 1.0, 10
random.seed(SEED)
waited = 0.0

try:
    import simpy

    def customer(env, desk):
        global waited
        came = env.now
        with desk.request() as turn:
            yield turn
            waited += env.now - came
            yield env.timeout(random.expovariate(1 / SERVICE_S))

    def source(env, desk):
        for _ in range(CUSTOMERS):
            yield env.timeout(random.expovariate(RATE))
            env.process(customer(env, desk))

    def run():
        env = simpy.Environment()
        env.process(source(env, simpy.Resource(env, capacity=SERVERS)))
        env.run()

    version = simpy.__version__
except ImportError:
    from SimPy import Simulation as old

    class Customer(old.Process):
        def go(self, desk):
            global waited
            came = old.now()
            yield old.request, self, desk
            waited += old.now() - came
            yield old.hold, self, random.expovariate(1 / SERVICE_S)
            yield old.release, self, desk

    class Source(old.Process):
        def go(self, desk):
            for _ in range(CUSTOMERS):
                yield old.hold, self, random.expovariate(RATE)
                customer = Customer()
                old.activate(customer, customer.go(desk))

    def run():
        old.initialize()
        first = Source()
        old.activate(first, first.go(old.Resource(capacity=SERVERS)))
        old.simulate(until=1e12)

    version = "2"

began = time.perf_counter()
run()
print(CUSTOMERS / (time.perf_counter() - began), waited / CUSTOMERS, version)
