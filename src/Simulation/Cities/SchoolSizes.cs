namespace Zvonok.Simulation.Cities;

/// <summary>How many pupils each school building has.</summary>
internal static class SchoolSizes
{
    // Of a log-normal distribution with median 450 and the city's mean of 526: sigma² = 2 ln(526/450).
    private const double Sigma = 0.56;

    /// <summary>Log-normal sizes, at least one pupil each, that add up to the number of pupils.</summary>
    public static int[] Draw(int schools, int pupils, Random random)
    {
        var weights = new double[schools];
        for (var i = 0; i < schools; i++) weights[i] = Math.Exp(Sigma * Normal(random));
        var scale = (pupils - schools) / weights.Sum();

        // Rounding the running sum, not each size, makes the total exact.
        var sizes = new int[schools];
        var (exact, given) = (0.0, 0);
        for (var i = 0; i < schools; i++)
        {
            exact += weights[i] * scale;
            var upToHere = i == schools - 1 ? pupils - schools : (int)Math.Round(exact);
            sizes[i] = 1 + upToHere - given;
            given = upToHere;
        }

        return sizes;
    }

    // Box and Muller.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
