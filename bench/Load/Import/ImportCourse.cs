using System.Diagnostics;

namespace Zvonok.Load.Import;

/// <summary>How many rows had been sent at which time.</summary>
internal sealed class ImportCourse : IProgress<long>
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<double> _seconds = [0];
    private readonly List<double> _rows = [0];

    public IReadOnlyList<double> Seconds => _seconds;

    public IReadOnlyList<double> Rows => _rows;

    public void Report(long value)
    {
        _seconds.Add(Stopwatch.GetElapsedTime(_began).TotalSeconds);
        _rows.Add(value);
    }
}
