namespace Zvonok.Simulation.Days;

/// <summary>
/// When pupils come in the morning: three bells, and around each the same spread of early and late. Minutes are counted
/// from an hour before the first bell.
/// </summary>
public static class ArrivalCurve
{
    private const int LateMinutes = 10;

    // 08:00, 08:30 and 09:00, and who begins then.
    private static readonly (int Minute, double Share)[] Bells = [(60, 0.15), (90, 0.70), (120, 0.15)];

    // Minutes before the bell, and who comes between the two.
    private static readonly (int From, int To, double Share)[] Bands =
    [
        (60, 45, 0.03), (45, 30, 0.07), (30, 25, 0.06), (25, 20, 0.09), (20, 15, 0.15),
        (15, 10, 0.22), (10, 5, 0.23), (5, 0, 0.10), (0, -LateMinutes, 0.05),
    ];

    private static readonly double[] Shares = MakeShares();

    /// <summary>Minutes from the first arrival to the last.</summary>
    public static int Minutes => Shares.Length;

    /// <summary>The share of all arrivals that the busiest minute sees.</summary>
    public static double PeakShare { get; } = Shares.Max();

    /// <summary>The share of all arrivals in a minute; 0 outside of the morning.</summary>
    public static double Share(int minute) => minute >= 0 && minute < Shares.Length ? Shares[minute] : 0;

    /// <summary>One pupil's arrival, in minutes.</summary>
    public static double Draw(Random random)
    {
        var left = random.NextDouble();
        for (var minute = 0; minute < Shares.Length; minute++)
        {
            if (left < Shares[minute]) return minute + left / Shares[minute];
            left -= Shares[minute];
        }

        return Shares.Length;
    }

    private static double[] MakeShares()
    {
        var shares = new double[Bells[^1].Minute + LateMinutes];
        foreach (var bell in Bells)
            foreach (var band in Bands)
                for (var minute = bell.Minute - band.From; minute < bell.Minute - band.To; minute++)
                    shares[minute] += bell.Share * band.Share / (band.From - band.To);
        return shares;
    }
}
