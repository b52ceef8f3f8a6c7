"""Fails while it starts."""

prices = {"apple": 0.4, "pear": 0.6}


def total(basket: list[str]) -> float:
    return sum(prices[fruit] for fruit in basket)


print("Total:", total(["apple", "cherry"]))
