"""Vectors of joint claims, later falls and returns, ordered groups, exact covariance, medians and ratios.

Made by scipy 1.17.1 and by plain enumeration, independent of the program: python3 claim_vectors.py > claim_vectors.json
"""
import itertools
import json
import math

import numpy as np
from scipy import integrate, stats

vectors = []


def add(id, method, input, result, rtol=1e-10, note=""):
    vectors.append(dict(id=id, method=method, role="definition", input=input, result=result, rtol=rtol, note=note))


def midranks(values):
    return stats.rankdata(values)


def signed_rank(d, side):
    """All sign patterns of the midranks of |d|, zeros dropped."""
    d = [round(x, 9) for x in d if abs(x) > 1e-9]
    r = midranks([abs(x) for x in d])
    v = sum(a for a, x in zip(r, d) if x > 0)
    at_least = at_most = 0
    for pattern in itertools.product((0, 1), repeat=len(d)):
        s = sum(a for a, on in zip(r, pattern) if on)
        at_least += s >= v - 1e-9
        at_most += s <= v + 1e-9
    return (at_least if side == "greater" else at_most) / 2 ** len(d)


def tost(d, low, high):
    d = np.asarray(d)
    n = len(d)
    se = d.std(ddof=1) / math.sqrt(n)
    p_low = stats.t.sf((d.mean() - low) / se, n - 1)
    p_high = stats.t.cdf((d.mean() - high) / se, n - 1)
    return float(max(p_low, p_high))


# Later fall and return: differences on the log scale of patients with all visits.
rise = [0.71, 0.52, 0.33, 0.94, 0.61, 0.12, 0.83, 0.45]
later = {
    "iut.fall.all": [-0.62, -0.41, -0.35, -0.81, -0.55, -0.1, -0.77, -0.4],
    "iut.fall.one_up": [-0.62, 0.05, -0.35, -0.81, -0.55, -0.1, -0.77, -0.4],
    "iut.fall.two_up": [-0.62, 0.35, -0.35, -0.81, 0.55, -0.1, -0.77, -0.4],
    "iut.fall.ties": [-0.4, -0.4, 0.4, -0.8, -0.8, -0.2, -0.8, 0.2],
    "iut.fall.zero": [-0.62, 0.0, -0.35, -0.81, -0.55, -0.1, 0.0, -0.4],
    "iut.fall.none": [0.62, 0.05, 0.35, -0.81, 0.55, 0.1, -0.77, 0.4],
}
for id, back in later.items():
    p_rise, p_return = signed_rank(rise, "greater"), signed_rank(back, "less")
    add(id, "rise and later fall", dict(rise=rise, back=back), dict(p_rise=p_rise, p_return=p_return, p=max(p_rise, p_return)), 1e-12)
margins = [math.log(0.8), math.log(1.25)]
for id, level in {
    "iut.return.near": [0.05, -0.08, 0.11, -0.02, 0.07, -0.1, 0.03, 0.01],
    "iut.return.far": [0.35, 0.18, 0.41, 0.22, 0.07, 0.3, 0.13, 0.21],
    "iut.return.wide": [0.35, -0.38, 0.41, -0.22, 0.27, -0.3, 0.13, 0.01],
}.items():
    p_rise, p_return = signed_rank(rise, "greater"), tost(level, *margins)
    add(id, "rise and return", dict(rise=rise, level=level, margins=margins), dict(p_rise=p_rise, p_return=p_return, p=max(p_rise, p_return)))

# Several later visits: all of them, or the first after Holm.
several = {"M3": later["iut.fall.two_up"], "M6": later["iut.fall.one_up"], "M9": later["iut.fall.all"]}
each = [max(signed_rank(rise, "greater"), signed_rank(b, "less")) for b in several.values()]
order = sorted(range(len(each)), key=lambda i: each[i])
holm, running = [0.0] * len(each), 0.0
for place, i in enumerate(order):
    running = max(running, min(1.0, (len(each) - place) * each[i]))
    holm[i] = running
first = next((i for i, p in enumerate(holm) if p <= 0.05), int(np.argmin(holm)))
add("iut.several.all", "several later visits", dict(p=each, holds="all"), dict(p=max(each)), 1e-12)
add("iut.several.first", "several later visits", dict(p=each, holds="first"), dict(p=holm[first]), 1e-12)
add("iut.several.none", "several later visits", dict(p=[0.2, 0.04, 0.3], holds="first"), dict(p=0.12), 1e-12)

# Joint equivalence: the largest of the two one-sided t tests of each endpoint.
lineages = {
    "T": [0.05, -0.08, 0.11, -0.02, 0.07, -0.1, 0.03, 0.01],
    "B": [0.15, -0.18, 0.21, -0.12, 0.17, -0.05, 0.08, -0.02],
    "NK": [-0.05, 0.12, -0.11, 0.2, -0.17, 0.1, -0.23, 0.11],
    "Mono": [0.02, 0.03, -0.01, 0.06, 0.05, -0.02, 0.04, 0.01],
}
for id, names in {"joint.four": ["T", "B", "NK", "Mono"], "joint.two": ["T", "Mono"], "joint.one": ["NK"], "joint.wide": ["B", "NK"]}.items():
    p = [tost(lineages[name], *margins) for name in names]
    add(id, "joint equivalence", dict(differences=[lineages[name] for name in names], margins=margins), dict(each=p, p=max(p)))
shifted = {**lineages, "T": [x + 0.25 for x in lineages["T"]]}
p = [tost(shifted[name], *margins) for name in ["T", "Mono"]]
add("joint.lost", "joint equivalence", dict(differences=[shifted["T"], shifted["Mono"]], margins=margins), dict(each=p, p=max(p)))


def tost_power(n, sd, low, high, alpha=0.05):
    """Probability that the 1 − 2α interval lies inside the margins, over the distribution of s."""
    df, t = n - 1, stats.t.ppf(1 - alpha, n - 1)

    def inside(s):
        reach = t * s / math.sqrt(n)
        z = math.sqrt(n) / sd
        p = stats.norm.cdf((high - reach) * z) - stats.norm.cdf((low + reach) * z)
        chi = s * math.sqrt(df) / sd
        return max(0.0, p) * stats.chi.pdf(chi, df) * math.sqrt(df) / sd

    widest = (high - low) / 2 * math.sqrt(n) / t
    return integrate.quad(inside, 0, widest, limit=400, epsabs=1e-12)[0]


for id, n, sd, m in [("joint.power.n8", 8, 0.2, 4), ("joint.power.n12", 12, 0.2, 4), ("joint.power.two", 8, 0.15, 2), ("joint.power.lost", 8, 0.3, 3)]:
    add(id, "power of a joint claim", dict(n=n, sd=sd, endpoints=m, margins=margins), dict(power=tost_power(n, sd, *margins) ** m), 1e-7)


# Ordered groups: every different allocation.
def jonckheere(groups):
    values = [x for g in groups for x in g]
    labels = [i for i, g in enumerate(groups) for _ in g]

    def j(lab):
        total = 0.0
        for a in range(len(values)):
            for b in range(len(values)):
                if lab[a] < lab[b]:
                    total += 1.0 if values[a] < values[b] else 0.5 if values[a] == values[b] else 0.0
        return total

    pairs = sum(len(a) * len(b) for a, b in itertools.combinations(groups, 2))
    seen = j(labels)
    ways = set(itertools.permutations(labels)) if len(values) <= 9 else None
    count = sum(abs(j(w) - pairs / 2) >= abs(seen - pairs / 2) - 1e-9 for w in ways)
    return dict(j=seen, trend=(2 * seen - pairs) / pairs, count=count, total=len(ways), p=count / len(ways))


for id, groups in {
    "jonckheere.332": [[0.1, 0.3, 0.2], [0.5, 0.4, 0.9], [1.1, 0.8]],
    "jonckheere.222": [[1, 2], [3, 4], [5, 6]],
    "jonckheere.down": [[6, 5, 4], [3, 3.5], [1, 2]],
    "jonckheere.ties": [[1, 2, 2], [2, 3, 3], [3, 4]],
    "jonckheere.many_ties": [[1, 1, 1], [1, 2, 2], [2, 2]],
    "jonckheere.two": [[0.2, 0.1, 0.5, 0.3], [0.4, 0.7, 0.6]],
    "jonckheere.four": [[1, 3], [2, 5], [4, 6], [7, 8]],
    "jonckheere.none": [[3, 6], [1, 7], [2, 5]],
}.items():
    add(id, "Jonckheere", dict(groups=groups), jonckheere(groups), 1e-12)


# Analysis of covariance with the groups permuted: least squares for every allocation.
def ancova_t(x, y, g):
    design = np.column_stack([np.ones(len(x)), np.asarray(x) - np.mean(x), g])
    beta, *_ = np.linalg.lstsq(design, y, rcond=None)
    residual = np.asarray(y) - design @ beta
    s2 = residual @ residual / (len(x) - 3)
    return beta[2] / math.sqrt(s2 * np.linalg.inv(design.T @ design)[2, 2])


x8 = [1.2, 0.7, 1.9, 1.4, 0.9, 1.1, 1.6, 0.8]
y8 = [1.9, 1.1, 2.2, 2.4, 1.0, 1.3, 1.5, 0.9]
for id, x, y, g in [
    ("ancova.exact.53", x8, y8, [1, 1, 1, 1, 1, 0, 0, 0]),
    ("ancova.exact.44", x8, y8, [1, 1, 1, 1, 0, 0, 0, 0]),
    ("ancova.exact.35", x8, y8, [1, 0, 1, 1, 0, 0, 0, 0]),
    ("ancova.exact.33", x8[:6], y8[:6], [1, 1, 1, 0, 0, 0]),
]:
    t = ancova_t(x, y, g)
    k = sum(g)
    ways = [[1 if i in c else 0 for i in range(len(x))] for c in itertools.combinations(range(len(x)), k)]
    count = sum(abs(ancova_t(x, y, w)) >= abs(t) * (1 - 1e-9) for w in ways)
    add(id, "ANCOVA, groups permuted", dict(baseline=x, later=y, groups=g), dict(t=float(t), count=int(count), total=len(ways), p=count / len(ways)), 1e-9)


# Friedman at four visits: every order of every patient.
def friedman(rows):
    ranks = np.array([midranks(r) for r in rows])
    n, k = ranks.shape
    seen = (ranks.sum(0) ** 2).sum()
    orders = [list(set(itertools.permutations(r))) for r in ranks]
    weights = [math.factorial(k) // len(o) for o in orders]
    count = 0
    for way in itertools.product(*orders):
        if (np.sum(way, axis=0) ** 2).sum() >= seen - 1e-9:
            count += 1
    scale = math.prod(weights)
    total = math.factorial(k) ** n
    return dict(count=count * scale, total=total, p=count * scale / total)


for id, rows in {
    "friedman.four.3": [[1.1, 2.0, 3.2, 1.5], [0.9, 2.2, 2.0, 1.0], [1.3, 1.9, 2.8, 1.4]],
    "friedman.four.ties": [[1, 2, 2, 1], [1, 3, 2, 2], [2, 3, 3, 1]],
    "friedman.five.2": [[1, 2, 3, 4, 5], [2, 1, 3, 5, 4]],
}.items():
    add(id, "Friedman, four visits and more", dict(rows=rows), friedman(rows), 1e-12)


# Walsh averages: the interval beside the exact equivalence.
def hodges_lehmann(d, level):
    n = len(d)
    walsh = sorted((d[i] + d[j]) / 2 for i in range(n) for j in range(i, n))
    sums = [sum(i + 1 for i in range(n) if mask >> i & 1) for mask in range(2**n)]
    k = 0
    while sum(s <= k for s in sums) / 2**n < (1 - level) / 2:
        k += 1
    k = max(k, 1)
    below = sum(s <= k - 1 for s in sums) / 2**n
    return dict(low=walsh[k - 1], high=walsh[-k], level=1 - 2 * below)


for id, d in {"tost.walsh.8": lineages["NK"], "tost.walsh.7": lineages["B"][:7]}.items():
    add(id, "equivalence interval of Walsh averages", dict(differences=d, level=0.9), hodges_lehmann(d, 0.9), 1e-12)

# Values of their own, and medians as papers print them.
add("value.ratio", "value of a tube", dict(kind="ratio", k=120, m=37), dict(value=120.5 / 37.5), 1e-14)
add("value.ratio.zero", "value of a tube", dict(kind="ratio", k=0, m=37), dict(value=0.5 / 37.5), 1e-14)
add("value.over", "value of a tube", dict(kind="over", k=40, n=800, control_k=3, control_n=900), dict(value=(40.5 / 801) / (3.5 / 901)), 1e-14)
add("value.above", "value of a tube", dict(kind="above", k=40, n=800, control_k=3, control_n=900), dict(value=5 - 300 / 900), 1e-14)
for id, values in {"quartiles.8": rise, "quartiles.5": [3.1, 0.2, 8.8, 4.4, 2.5], "quartiles.2": [1.5, 9.25]}.items():
    q = np.quantile(values, [0, 0.25, 0.5, 0.75, 1])
    add(id, "median and quartiles", dict(values=values), dict(min=q[0], q1=q[1], median=q[2], q3=q[3], max=q[4]), 1e-13)

print(json.dumps(dict(meta=dict(made_by="scipy 1.17.1, numpy, enumeration in Python"), vectors=vectors), indent=1, default=float))
