"""Why a forecast says what it says, in sentences."""

from datetime import timedelta
from decimal import Decimal

from slo.domain.capacity.events import multiplier_on
from slo.domain.capacity.fits import Fit, Model
from slo.domain.capacity.forecasts import FEWEST_DAYS, Forecast, State, comes_too_soon

NAMES = {Model.LINEAR: "A line", Model.EXPONENTIAL: "Exponential growth"}


def why(forecast: Forecast, limit: Decimal, lead_time: timedelta | None = None) -> str:
    """The model, the state and the date explained; with `lead_time` also what it means for an order of the last day."""
    if forecast.fit is None:
        n = len(forecast.days)
        return f"{n} {'day has' if n == 1 else 'days have'} a value; a forecast needs {FEWEST_DAYS}."
    parts = [_model(forecast.fit, forecast.rival), _state(forecast)]
    last = forecast.days[-1][1]
    if last >= limit:
        parts.append(f"The last day has {short(last)}: the limit of {short(limit)} is reached already.")
    elif forecast.state is State.SHRINKING:
        parts.append("It does not reach the limit.")
    if forecast.state is State.GROWING:
        parts += [_crossing(forecast, limit), _order(forecast, lead_time)]
    return " ".join(part for part in parts if part)


def short(value: Decimal) -> str:
    """Up to four significant digits, never as a power."""
    rounded = Decimal(f"{value:.4g}").normalize()
    return f"{rounded:,f}" if abs(rounded) < Decimal(10) ** 15 else f"{value:.3e}"


def _model(fit: Fit, rival: Fit | None) -> str:
    if fit.r2 is None:
        return "Every day has the same value, so r2 is undefined."
    if rival is None:
        return f"A line is fitted, r2 {_r2(fit)}; exponential growth needs values above zero."
    other = NAMES[rival.model].lower()
    if rival.sse < fit.sse:
        return f"A line is fitted, r2 {_r2(fit)}; the logarithms of the values follow no line, as {other} would."
    return f"{NAMES[fit.model]} fits better than {other}: r2 {_r2(fit)} against {_r2(rival)} on the original scale."


def _r2(fit: Fit) -> str:
    return "undefined" if fit.r2 is None else f"{fit.r2:.3f}"


def _state(forecast: Forecast) -> str:
    fit = forecast.fit
    if fit is None or fit.r2 is None:
        return "It neither grows nor shrinks, so there is no date."
    sentences = {
        State.NOISY: f"With an r2 of {_r2(fit)}, below 0.5, the days scatter too much for a date.",
        State.FLAT: f"With an r2 of {_r2(fit)} there is no trend, and the days stay within 5 % of their level.",
        State.SHRINKING: "It falls.",
    }
    return sentences.get(forecast.state, "")


def _crossing(forecast: Forecast, limit: Decimal) -> str:
    found = forecast.crossing
    if found is None:
        return f"It does not reach {short(limit)} by {forecast.horizon}, twice the fit window after the last day."
    latest = f"{found.latest}" if found.latest else f"some day after {forecast.horizon}"
    reached = f"It reaches {short(limit)} on {found.likely}, with 95 % between {found.earliest} and {latest}."
    names = " and ".join(event.name for event in forecast.events if event.covers(found.likely))
    times = multiplier_on(found.likely, forecast.events)
    return f"{reached} That day {names} multiplies the fit by {short(times)}." if names else reached


def _order(forecast: Forecast, lead_time: timedelta | None) -> str:
    if lead_time is None or forecast.crossing is None or forecast.fit is None:
        return ""
    days, last = lead_time.days, forecast.fit.last
    soon = comes_too_soon(forecast.crossing.earliest, today=last, lead_time=lead_time)
    start = f"An order takes {days} {'day' if days == 1 else 'days'}; placed on {last}, the last day, it"
    return f"{start} {'may come too late.' if soon else 'comes in time.'}"
