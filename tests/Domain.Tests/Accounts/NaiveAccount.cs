namespace Zvonok.Domain.Tests.Accounts;

/// <summary>
/// What an account ought to do, told as slowly and as plainly as possible: a list of facts, added up from the start for
/// every question, with calendar days by plain arithmetic. It shares nothing with the rules but the numbers of a refusal.
/// </summary>
internal sealed class NaiveAccount(int hoursAhead)
{
    private const long Brim = 10_000_000;

    private readonly List<Fact> _facts = [];
    private long? _limit;
    private long? _hotMealLimit;
    private long? _buffetLimit;
    private long? _rideLimit;
    private string _hotMealStop = "";
    private string _buffetStop = "";

    public long Meal => _facts.Sum(fact => fact.Meal);

    public long Transport => _facts.Sum(fact => fact.Transport);

    public int Count => _facts.Count;

    public string Sell(long total, int seller, long? at, long now, long buffet = 0, long credit = 0, bool isConfirmed = false, string allowance = "")
    {
        var day = DayOf(at, now);
        var isAllowed = allowance == "given";
        if ((_hotMealStop == "Hard" || _buffetStop == "Hard") && !isAllowed) return allowance == "" ? "StopList" : "OverrideNotAllowed";
        if (buffet > 0 && _buffetLimit is { } buffetLimit && BuffetOn(day) + buffet > buffetLimit) return "CategoryLimit";
        if (total > buffet && _hotMealLimit is { } hotMealLimit && SpentOn(day) - BuffetOn(day) + total - buffet > hotMealLimit) return "CategoryLimit";
        if (_limit is { } limit && SpentOn(day) + total > limit) return "DailyLimit";
        if (Meal < total && (credit == 0 || total == buffet || buffet > Math.Max(Meal, 0))) return "InsufficientFunds";
        if (Meal + credit < total) return "CreditUsedUp";
        if ((_hotMealStop == "Soft" || _buffetStop == "Soft") && !isConfirmed && !isAllowed) return "ConfirmationNeeded";
        return Add(new Fact { Meal = -total, Spent = total, Buffet = buffet, Day = day, Seller = seller, IsSale = true, Hot = total - buffet, Bun = buffet });
    }

    /// <summary>A sale has a hot meal and something from the buffet; which of them, when any is named.</summary>
    public string Reverse(int number, int seller, long? at, long now, params string[] named)
    {
        if (number < 1 || number > _facts.Count || !_facts[number - 1].IsSale) return "SaleUnknown";
        var sale = _facts[number - 1];
        if (sale.Seller != seller) return "OtherOperator";
        if (named.Contains("unknown")) return "LineUnknown";
        string[] left = [.. new[] { "hot", "buffet" }.Except(_facts.Where(fact => fact.TakesBack == number).SelectMany(fact => fact.Back))];
        var back = named.Length == 0 ? left : named;
        if (back.Length == 0 || back.Except(left).Any()) return "AlreadyReversed";
        if (DayOf(at, now) > sale.Day + 2) return "ReversalTooLate";
        if (sale.Redeems != "") return Add(new Fact { Day = sale.Day, TakesBack = number, Back = back, Frees = back.Length == left.Length ? sale.Redeems : "" });
        var (hot, buffet) = (back.Contains("hot") ? sale.Hot : 0, back.Contains("buffet") ? sale.Bun : 0);
        if (Meal + hot + buffet > Brim) return "PurseFull";
        return Add(new Fact { Meal = hot + buffet, Spent = -hot - buffet, Buffet = -buffet, Day = sale.Day, TakesBack = number, Back = back });
    }

    /// <summary>The child has a right to lunch from Monday to Friday, and to dinner on 3 and 4 September 2026.</summary>
    public string Redeem(string meal, int seller, long? at, long now, bool isConfirmed, string allowance)
    {
        var day = DayOf(at, now);
        var isAllowed = allowance == "given";
        if ((_hotMealStop == "Hard" || _buffetStop == "Hard") && !isAllowed) return allowance == "" ? "StopList" : "OverrideNotAllowed";
        // 1 January 1970 was a Thursday.
        var isWorkday = (day + 3) % 7 < 5;
        if (!(meal == "Lunch" ? isWorkday : meal == "Dinner" && day is 20_699 or 20_700)) return "NotEntitled";
        if (_facts.Count(fact => fact.Day == day && fact.Redeems == meal) > _facts.Count(fact => fact.Day == day && fact.Frees == meal)) return "AlreadyRedeemed";
        if ((_hotMealStop == "Soft" || _buffetStop == "Soft") && !isConfirmed && !isAllowed) return "ConfirmationNeeded";
        return Add(new Fact { Day = day, Seller = seller, IsSale = true, Redeems = meal });
    }

    public string Ride(long fare, long? at, long now)
    {
        var day = DayOf(at, now);
        if (_rideLimit is { } limit && RidesOn(day) + fare > limit) return "DailyLimit";
        if (Transport < fare) return "InsufficientFunds";
        return Add(new Fact { Transport = -fare, Rides = fare, Day = day });
    }

    public string TopUp(long amount, bool isTransport)
    {
        if ((isTransport ? Transport : Meal) + amount > Brim) return "PurseFull";
        return Add(isTransport ? new Fact { Transport = amount } : new Fact { Meal = amount });
    }

    public string SetLimit(long? limit, string? category = null)
    {
        if (category == "HotMeal") _hotMealLimit = limit;
        else if (category == "Buffet") _buffetLimit = limit;
        else if (category == "Rides") _rideLimit = limit;
        else _limit = limit;
        return Add(new Fact());
    }

    public string SetStops(string hotMeal, string buffet)
    {
        (_hotMealStop, _buffetStop) = (hotMeal, buffet);
        return Add(new Fact());
    }

    public long SpentOn(long day) => _facts.Where(fact => fact.Day == day).Sum(fact => fact.Spent);

    private long RidesOn(long day) => _facts.Where(fact => fact.Day == day).Sum(fact => fact.Rides);

    private long BuffetOn(long day) => _facts.Where(fact => fact.Day == day).Sum(fact => fact.Buffet);

    /// <summary>Days since 1970 in the account's zone; the device is believed for twelve hours back and not at all ahead.</summary>
    public long DayOf(long? at, long now)
    {
        var believed = at is { } told && told <= now && now - told <= 12 * 3_600_000L ? told : now;
        return (believed + hoursAhead * 3_600_000L) / 86_400_000L;
    }

    private string Add(Fact fact)
    {
        _facts.Add(fact);
        return "None";
    }

    private sealed record Fact
    {
        public long Meal { get; init; }

        public long Transport { get; init; }

        public long Spent { get; init; }

        public long Buffet { get; init; }

        public long Rides { get; init; }

        public long Day { get; init; }

        public int Seller { get; init; }

        public bool IsSale { get; init; }

        public int TakesBack { get; init; }

        public string[] Back { get; init; } = [];

        /// <summary>What its two lines cost.</summary>
        public long Hot { get; init; }

        public long Bun { get; init; }

        public string Redeems { get; init; } = "";

        public string Frees { get; init; } = "";
    }
}
