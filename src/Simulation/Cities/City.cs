namespace Zvonok.Simulation.Cities;

/// <summary>
/// A city drawn from a seed. Only the buildings are held: a pupil is computed from an index whenever one is asked for, so
/// a million of them cost nothing.
/// </summary>
public sealed class City
{
    /// <summary>Companies that run canteens.</summary>
    public const int Operators = 12;

    private readonly CardUids _uids;
    private readonly int[] _firstPupils;

    private City(CityPlan plan, School[] schools, Kindergarten[] kindergartens)
    {
        (Plan, Schools, Kindergartens) = (plan, schools, kindergartens);
        _uids = new CardUids(plan.Seed);
        _firstPupils = [.. schools.Select(school => school.FirstPupil)];
    }

    /// <summary>What it was made from.</summary>
    public CityPlan Plan { get; }

    /// <summary>All school buildings; their pupils follow one another.</summary>
    public IReadOnlyList<School> Schools { get; }

    /// <summary>All kindergartens.</summary>
    public IReadOnlyList<Kindergarten> Kindergartens { get; }

    /// <summary>Draws the city of a plan.</summary>
    public static City Create(CityPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.Schools);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Pupils, plan.Schools);
        ArgumentOutOfRangeException.ThrowIfNegative(plan.Kindergartens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.PupilsPerGate);
        var random = new Random(plan.Seed);
        var nextDevice = 1;
        var schools = MakeSchools(plan, random, ref nextDevice);
        var kindergartens = MakeKindergartens(plan, ref nextDevice);
        return new City(plan, schools, kindergartens);
    }

    /// <summary>The pupil of an index: 0 to the number of pupils − 1.</summary>
    public Pupil PupilAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Plan.Pupils);
        var found = Array.BinarySearch(_firstPupils, index);
        var school = Schools[found >= 0 ? found : ~found - 1];
        return new Pupil(index, AccountNumber.FromSerial(index + 1L), _uids.UidOf(index), school);
    }

    private static School[] MakeSchools(CityPlan plan, Random random, ref int nextDevice)
    {
        var sizes = SchoolSizes.Draw(plan.Schools, plan.Pupils, random);
        var schools = new School[sizes.Length];
        var firstPupil = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            var gates = (sizes[i] + plan.PupilsPerGate - 1) / plan.PupilsPerGate;
            schools[i] = new School(new BuildingId(i + 1), firstPupil, sizes[i], new DeviceId(nextDevice), gates, 1 + random.Next(Operators));
            firstPupil += sizes[i];
            nextDevice += gates + 1;
        }

        return schools;
    }

    // One and a half readers on average: every second has two.
    private static Kindergarten[] MakeKindergartens(CityPlan plan, ref int nextDevice)
    {
        var kindergartens = new Kindergarten[plan.Kindergartens];
        for (var i = 0; i < kindergartens.Length; i++)
        {
            var readers = 1 + i % 2;
            kindergartens[i] = new Kindergarten(new BuildingId(plan.Schools + i + 1), new DeviceId(nextDevice), readers);
            nextDevice += readers;
        }

        return kindergartens;
    }
}
