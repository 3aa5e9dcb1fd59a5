namespace Zvonok.Simulation.Cities;

/// <summary>
/// All pupils once each, in an order that has nothing to do with their schools, without a list of them: the step is
/// coprime to their number, so the walk visits each before it comes round.
/// </summary>
public sealed class PupilOrder
{
    private const double GoldenRatio = 0.6180339887498949;
    private readonly long _count;
    private readonly long _step;
    private readonly long _start;

    /// <summary>An order of so many pupils.</summary>
    public PupilOrder(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _count = count;
        _start = new Random(seed).Next(count);
        _step = Math.Max(1, (long)(count * GoldenRatio));
        while (System.Numerics.BigInteger.GreatestCommonDivisor(_step, count) != 1) _step++;
    }

    /// <summary>The index of the pupil at a position; beyond the last one it comes round.</summary>
    public int this[long position] => (int)((_start + position % _count * _step) % _count);
}
