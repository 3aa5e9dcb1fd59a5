using System.Diagnostics;
using Zvonok.Processes;

namespace Zvonok.Load.Feed;

/// <summary>How many facts had been read at which time, and what memory the silo held.</summary>
internal sealed class FeedCourse(int siloProcess)
{
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<double> _seconds = [];
    private readonly List<double> _facts = [];
    private readonly List<double> _megabytes = [];
    private TimeSpan _next = TimeSpan.Zero;

    public IReadOnlyList<double> Seconds => _seconds;

    public IReadOnlyList<double> Facts => _facts;

    public IReadOnlyList<double> Megabytes => _megabytes;

    public double FirstMb => _megabytes[0];

    public double PeakMb => _megabytes.Max();

    public void Report(long facts)
    {
        var elapsed = Stopwatch.GetElapsedTime(_began);
        if (elapsed < _next) return;
        _next = elapsed + Interval;
        _seconds.Add(elapsed.TotalSeconds);
        _facts.Add(facts);
        _megabytes.Add(ProcessUsage.ResidentBytes(siloProcess).Now / Megabyte);
    }
}
