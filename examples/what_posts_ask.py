"""What posts ask for: five questions to two dataset releases, answered in a marimo notebook.

``marimo edit examples/what_posts_ask.py`` opens it; ``make notebook`` writes the executed copy
beside it. ``PERSONSPEC_RELEASES`` names the folder of releases.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="What posts ask for")


@app.cell(hide_code=True)
def title(mo):
    mo.md("""
    # What do health-records posts in the NHS ask for?

    Five questions, put to the last two dataset releases of a folder:

    1. What share of entry-level posts asks for no formal qualification?
    2. Which documented skills are asked for, at which pay band?
    3. What do employers ask that the document does not name?
    4. How long do adverts stay open?
    5. How did demands change between the two releases?

    *The document* is the national careers page for health records, with its 16 entry requirements
    and skills. A *post* here is an advert whose person specification could be read. Bars and dots
    are shares of posts; the lines through them are 95 % intervals (Wilson): with few posts they
    are long, and differences within them may be chance.

    **The copy that comes with the project was made from invented adverts. Its figures show how to
    ask, and say nothing of the NHS.** Set `PERSONSPEC_RELEASES` to a folder of releases to ask
    yours.
    """)
    return


@app.cell
def libraries():
    import base64
    import html
    import io
    import json
    import os
    import textwrap
    import warnings
    from pathlib import Path

    import marimo as mo
    import matplotlib.pyplot as plt
    import pandas as pd
    from scipy.stats import CensoredData, binomtest, ecdf

    return (
        CensoredData,
        Path,
        base64,
        binomtest,
        ecdf,
        html,
        io,
        json,
        mo,
        os,
        pd,
        plt,
        textwrap,
        warnings,
    )


@app.cell
def releases(Path, json, mo, os, pd):
    practice = mo.notebook_dir().parent / "output" / "practice" / "dataset"
    shelf = Path(os.environ.get("PERSONSPEC_RELEASES", practice))
    versions = shelf / "versions.json"
    listed = json.loads(versions.read_text("utf-8"))["releases"] if versions.exists() else []
    mo.stop(
        len(listed) < 2,
        "Two releases are needed: set PERSONSPEC_RELEASES to a folder that holds them, or make "
        "some of invented adverts with `python -m examples.practice_releases`.",
    )
    old, new = (shelf / one["path"] for one in listed[-2:])

    def table(release, name):
        return pd.read_parquet(release / f"{name}.parquet")

    mo.md(f"The releases are **{old.name}** and **{new.name}**.")
    return new, old, table


@app.cell
def helpers(base64, binomtest, html, io, mo, pd, plt):
    BLUE, ORANGE, GREY = "#1b6a8c", "#c2570c", "#6b6b6b"

    def shares(asks, groups):
        """Return posts, those that ask, and their share in per cent with its interval, by group."""
        counted = asks.groupby(groups, observed=True).agg(posts="size", asking="sum")
        return counted.join(counted.apply(interval, axis=1))

    def interval(row):
        found = binomtest(int(row.asking), int(row.posts))
        low, high = found.proportion_ci(method="wilson")
        return pd.Series({"share": found.statistic, "low": low, "high": high}) * 100

    def whiskers(axes, rows, places, **style):
        """Draw shares as dots with their intervals, one on each of the places."""
        spread = [rows.share - rows.low, rows.high - rows.share]
        look = {"marker": "o", "markersize": 5, "linestyle": "", "capsize": 2}
        axes.errorbar(rows.share, places, xerr=spread, **(look | style))
        axes.set_xlim(-3, 103)
        axes.grid(axis="x", color="#dddddd")
        axes.set_axisbelow(True)

    def picture(figure, words):
        """Return a figure as an image that says in words what is to be seen."""
        file = io.BytesIO()
        figure.savefig(file, dpi=80, bbox_inches="tight")
        plt.close(figure)
        data = base64.b64encode(file.getvalue()).decode()
        return mo.Html(f'<img alt="{html.escape(words)}" src="data:image/png;base64,{data}">')

    pd.set_option("display.max_rows", 50)
    plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    return BLUE, GREY, ORANGE, picture, shares, whiskers


@app.cell(hide_code=True)
def posts_title(mo):
    mo.md("""
    ## The posts

    Each post once, with the words now in force. What could not be read is left out, and counted.
    """)
    return


@app.cell
def reading(mo, new, old, table):
    def posts_of(release):
        """Return the contents in force of which a person specification was read."""
        versions = table(release, "vacancy_versions")
        current = versions[versions.is_current & (versions.criteria > 0)].set_index("version_id")
        return current.assign(band=current.band.fillna("not said"))

    posts, requirements = posts_of(new), table(new, "requirements")
    criteria, matches = (
        part[part.version_id.isin(posts.index)]
        for part in (table(new, "criteria"), table(new, "matches"))
    )
    vacancies = table(new, "vacancies")
    unread = len(vacancies) - len(posts)
    mo.md(
        f"{len(vacancies)} vacancies, of which {len(posts)} posts could be read and {unread} could "
        f"not; {len(criteria)} criteria, {len(matches)} matches with the document. The release "
        f"before, {old.name}, had {len(posts_of(old))} posts."
    )
    return criteria, matches, posts, posts_of, requirements, vacancies


@app.cell(hide_code=True)
def first_title(mo):
    mo.md("""
    ## 1. Entry-level posts without formal qualifications

    A post is *senior* if a degree, a qualification of the trade or management training is asked
    for and not merely desirable; all others are *entry-level*. A qualification does not count as
    asked for where it is only desirable, or where experience is accepted in its place. Bands with
    fewer than five such posts count among all, but have no line of their own.
    """)
    return


@app.cell
def qualifications(criteria, matches, posts, requirements, shares):
    is_paper = requirements.kind.eq("qualification")
    is_senior = requirements.stage.eq("senior") & requirements.kind.isin(["qualification", "route"])
    papers = set(requirements[is_paper].requirement_id)
    senior_papers = set(requirements[is_senior].requirement_id)
    degree = 6  # RQF level

    line = ["version_id", "position"]
    asking_papers = matches[matches.requirement_id.isin(papers)].set_index(line).index
    lines = criteria.set_index(line)
    is_firm = lines.stated_importance.fillna(lines.importance).ne("desirable")
    asks_paper = lines.min_level.notna() | lines.index.isin(asking_papers)
    needs_paper = asks_paper & is_firm & ~lines.experience_alternative

    firm_matches = matches[matches.importance.ne("desirable")]
    senior_posts = {
        *firm_matches[firm_matches.requirement_id.isin(senior_papers)].version_id,
        *lines[is_firm & lines.min_level.ge(degree)].index.get_level_values("version_id"),
    }
    needing = set(lines[needs_paper].index.get_level_values("version_id"))

    entry_posts = posts[~posts.index.isin(senior_posts)]
    without_paper = ~entry_posts.index.to_series().isin(needing)
    by_band = shares(without_paper, entry_posts.band)
    of_all = shares(without_paper, without_paper.map(lambda _: "all"))
    return by_band, entry_posts, of_all, without_paper


@app.cell
def first_picture(BLUE, by_band, of_all, pd, picture, plt, whiskers):
    first = pd.concat([of_all, by_band[by_band.posts >= 5]])
    names_1 = ["all bands", *(f"band {name}" for name in first.index[1:])]
    figure_1, axes_1 = plt.subplots(figsize=(7, 0.45 * len(first) + 1))
    whiskers(axes_1, first, range(len(first)), color=BLUE)
    axes_1.set_yticks(range(len(first)))
    axes_1.set_yticklabels(
        [
            f"{name}: {one.asking} of {one.posts}"
            for name, one in zip(names_1, first.itertuples(), strict=True)
        ]
    )
    axes_1.set_ylim(len(first) - 0.5, -0.5)
    axes_1.set_xlabel("entry-level posts that ask for no formal qualification, per cent")
    all_posts = of_all.loc["all"]
    first_answer = (
        f"Of {all_posts.posts:.0f} entry-level posts {all_posts.asking:.0f} can be started "
        f"without a formal qualification: {all_posts.share:.0f} % (95 % interval "
        f"{all_posts.low:.0f} to {all_posts.high:.0f} %)."
    )
    picture(figure_1, f"Dots with intervals, a line a band. {first_answer}")
    return first, first_answer


@app.cell(hide_code=True)
def first_words(first_answer, mo):
    mo.md(f"""
    {first_answer}
    """)
    return


@app.cell(hide_code=True)
def second_title(mo):
    mo.md("""
    ## 2. Documented skills by pay band

    A skill counts once a post, whether essential or desirable. Bands with fewer than five posts
    are left out.
    """)
    return


@app.cell
def skills(matches, pd, posts, requirements, shares):
    skill = requirements[requirements.kind.isin(["skill", "characteristic"])]
    labels = skill.set_index("requirement_id").label

    def asked_for(names, contents, found):
        """Return whether each post asks for each requirement."""
        asked = pd.crosstab(found.version_id, found.requirement_id) > 0
        return asked.reindex(index=contents.index, columns=names, fill_value=False)

    skills_asked = asked_for(labels.index, posts, matches)
    usual = posts.band.groupby(posts.band).transform("size") >= 5
    by_skill = pd.concat(
        {
            labels[name]: shares(skills_asked.loc[usual, name], posts.band[usual])
            for name in skills_asked.mean().sort_values(ascending=False).index
        },
        names=["skill", "band"],
    )
    return asked_for, by_skill


@app.cell
def second_picture(BLUE, by_skill, picture, plt, whiskers):
    bands = by_skill.index.unique("band")
    names_2 = by_skill.index.unique("skill")
    figure_2, panels = plt.subplots(
        1, len(bands), figsize=(1.4 + 1.9 * len(bands), 4.6), sharey=True, squeeze=False
    )
    for panel, one_band in zip(panels[0], bands, strict=True):
        of_band = by_skill.xs(one_band, level="band")
        whiskers(panel, of_band, range(len(names_2)), color=BLUE, markersize=4)
        panel.set_title(f"band {one_band}\n{of_band.posts.iloc[0]} posts", fontsize=10)
        panel.set_xticks([0, 50, 100])
    panels[0][0].set_yticks(range(len(names_2)))
    panels[0][0].set_yticklabels(names_2)
    panels[0][0].invert_yaxis()
    figure_2.supxlabel("posts that ask for it, per cent", fontsize=10)
    figure_2.tight_layout()
    tops = by_skill.share.groupby("band").idxmax()
    second_answer = "Asked for most: " + "; ".join(
        f"{skill} at band {level} ({by_skill.loc[skill, level].asking:.0f} of "
        f"{by_skill.loc[skill, level].posts:.0f})"
        for level, (skill, _) in tops.items()
    )
    picture(figure_2, f"A panel a band, a dot with its interval a skill. {second_answer}.")
    return (second_answer,)


@app.cell(hide_code=True)
def second_words(mo, second_answer):
    mo.md(f"""
    {second_answer}. All figures of the picture:
    """)
    return


@app.cell
def second_table(by_skill):
    cells = by_skill.apply(lambda one: f"{one.asking:.0f} ({one.low:.0f}–{one.high:.0f} %)", axis=1)
    cells.unstack("band", sort=False)
    return


@app.cell(hide_code=True)
def third_title(mo):
    mo.md("""
    ## 3. What the document does not name

    Criteria that ask for nothing documented, grouped by likeness; a group is published from three
    criteria. The words are those of the commonest criterion in the group.
    """)
    return


@app.cell
def third_picture(GREY, new, picture, plt, table, textwrap):
    demands = table(new, "undocumented_demands").head(12)
    figure_3, axes_3 = plt.subplots(figsize=(7, 0.5 * len(demands) + 1))
    bars = axes_3.barh(range(len(demands)), demands["count"], color=GREY)
    axes_3.bar_label(bars, padding=3)
    axes_3.set_yticks(range(len(demands)))
    axes_3.set_yticklabels([textwrap.shorten(one, 60, placeholder=" …") for one in demands.wording])
    axes_3.invert_yaxis()
    looked_at = demands.looked_at.max() if len(demands) else 0
    axes_3.set_xlabel(f"criteria, of {looked_at} that ask for nothing documented")
    largest = zip(demands.wording.head(3), demands["count"].head(3), strict=True)
    third_answer = (
        f"Of {looked_at} criteria beyond the document the largest groups are: "
        + "; ".join(f"{wording} ({count})" for wording, count in largest)
    )
    picture(figure_3, f"Bars, one a group. {third_answer}.")
    return (third_answer,)


@app.cell(hide_code=True)
def third_words(mo, third_answer):
    mo.md(f"""
    {third_answer}.
    """)
    return


@app.cell(hide_code=True)
def fourth_title(mo):
    mo.md("""
    ## 4. How long adverts stay open

    Counted from the first look that found an advert to the first that did not. Adverts that are
    still open stay open for longer than was seen: they are *right-censored*, and leaving them out
    would make the time too short. The Kaplan–Meier estimate counts them for as long as they were
    seen. Adverts of the very first look are left out, for nobody knows when they began.
    """)
    return


@app.cell
def fourth_picture(BLUE, CensoredData, ecdf, picture, plt, vacancies, warnings):
    known = vacancies[~vacancies.is_left_truncated]
    until = known.closed_at.fillna(known.last_seen)
    days = (until - known.first_seen).dt.total_seconds() / 86_400
    still_open = known.is_right_censored

    figure_4, axes_4 = plt.subplots(figsize=(7, 3.4))
    if (~still_open).any():
        survival = ecdf(CensoredData(uncensored=days[~still_open], right=days[still_open])).sf
        with warnings.catch_warnings():  # it is undefined where none or all are closed
            warnings.simplefilter("ignore", RuntimeWarning)
            band_4 = survival.confidence_interval(method="log-log")
        times = [0, *survival.quantiles, days.max()]

        def steps(curve):
            return [1, *curve.probabilities, curve.probabilities[-1]]

        axes_4.step(times, steps(survival), where="post", color=BLUE)
        axes_4.fill_between(
            times, steps(band_4.low), steps(band_4.high), step="post", color=BLUE, alpha=0.2
        )
        half = [at for at, left in zip(times, steps(survival), strict=True) if left <= 0.5]
        median = f"half are closed after {half[0]:.0f} days" if half else "fewer than half close"
        estimate = f"by the estimate {median}"
    else:
        estimate = "nothing can be said yet of how long they stay open"
    axes_4.set_ylim(0, 1.03)
    axes_4.set_xlabel("days since first seen, and adverts watched for so long")
    axes_4.set_ylabel("share still open")
    longest = int(days.max()) if len(days) else 0
    weeks = range(0, longest // 7 * 7 + 8, 7)
    axes_4.set_xlim(0, weeks[-1])
    axes_4.set_xticks(weeks, [f"{day}\n({(days >= day).sum()})" for day in weeks])
    fourth_answer = (
        f"Of {len(known)} adverts whose beginning was seen {(~still_open).sum()} closed and "
        f"{still_open.sum()} were still open at the end; {estimate}."
    )
    picture(figure_4, f"A falling step line with its interval. {fourth_answer}")
    return days, fourth_answer, still_open


@app.cell(hide_code=True)
def fourth_words(fourth_answer, mo):
    mo.md(f"""
    {fourth_answer}
    """)
    return


@app.cell(hide_code=True)
def fifth_title(mo):
    mo.md("""
    ## 5. What changed between the releases

    The posts of the earlier release beside those that came since, which the later release lists
    in its `delta` folder. The interval of a difference is Newcombe's, made of the two Wilson
    intervals. Of 16 comparisons about one leaves zero out by chance alone.
    """)
    return


@app.cell
def changes(asked_for, matches, mo, new, old, pd, posts, posts_of, requirements, shares, table):
    delta = pd.read_parquet(new / "delta" / "vacancies.parquet")
    added = set(delta[delta.change == "added"].vacancy_id)
    before, since = posts_of(old), posts[posts.vacancy_id.isin(added)]
    mo.stop(since.empty, f"No post was read since {old.name}: there is nothing to compare.")
    all_labels = requirements.set_index("requirement_id").label

    def asking(contents, found):
        asked = asked_for(all_labels.index, contents, found).rename(columns=all_labels)
        stacked = asked.stack()
        return shares(stacked, stacked.index.get_level_values(1))

    was, now = asking(before, table(old, "matches")), asking(since, matches)
    difference = pd.DataFrame({"difference": now.share - was.share})
    below = ((now.share - now.low) ** 2 + (was.high - was.share) ** 2) ** 0.5
    above = ((now.high - now.share) ** 2 + (was.share - was.low) ** 2) ** 0.5
    difference["low"] = difference.difference - below
    difference["high"] = difference.difference + above
    order = was.share.sort_values(ascending=False).index
    was, now, difference = was.loc[order], now.loc[order], difference.loc[order]
    return before, difference, now, since, was


@app.cell
def fifth_picture(
    BLUE, ORANGE, before, difference, new, now, old, picture, plt, since, was, whiskers
):
    figure_5, axes_5 = plt.subplots(figsize=(7, 6.4))
    samples = (
        (was, -0.17, BLUE, "o", f"in {old.name}: {len(before)} posts"),
        (now, 0.17, ORANGE, "s", f"new in {new.name}: {len(since)} posts"),
    )
    for sample, shift, colour, mark, label in samples:
        places = [place + shift for place in range(len(sample))]
        whiskers(axes_5, sample, places, color=colour, marker=mark, markersize=4, label=label)
    axes_5.set_yticks(range(len(was)))
    axes_5.set_yticklabels(was.index)
    axes_5.invert_yaxis()
    axes_5.set_xlabel("posts that ask for it, per cent")
    axes_5.legend(loc="lower right")
    moved = difference[(difference.low > 0) | (difference.high < 0)]
    told = [
        f"{one.Index} {one.difference:+.0f} points ({one.low:.0f} to {one.high:.0f})"
        for one in moved.itertuples()
    ]
    fifth_answer = (
        f"Asked for more or less often, beyond the interval: {'; '.join(told)}"
        if told
        else "No demand differs by more than its interval"
    )
    picture(figure_5, f"Two dots with intervals a line, earlier and newer posts. {fifth_answer}.")
    return (fifth_answer,)


@app.cell(hide_code=True)
def fifth_words(fifth_answer, mo):
    mo.md(f"""
    {fifth_answer}.
    """)
    return


@app.cell(hide_code=True)
def limits(mo, new):
    mo.md(f"""
    ## Before you quote any of this

    The matches are a program's: how often they are right stands in the README of release
    {new.name}, with the days on which nothing was collected. Posts on several boards, or put up
    again, count several times. One employer with many adverts weighs as much as its adverts.
    """)
    return


if __name__ == "__main__":
    app.run()
