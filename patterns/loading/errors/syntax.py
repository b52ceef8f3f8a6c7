"""Does not compile."""

def greet(name)
    print("Hello,", name)
