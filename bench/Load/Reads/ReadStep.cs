using Zvonok.Load.Morning;

namespace Zvonok.Load.Reads;

/// <summary>What is asked for.</summary>
internal enum ReadKind
{
    /// <summary>GetAccount, of an account that sleeps: the first call since the silo has started.</summary>
    Activation,

    /// <summary>GetDayReport, of any school day with passages.</summary>
    DayReport,

    /// <summary>GetWeekReport, of the week of such a day.</summary>
    WeekReport,

    /// <summary>ListHistory, the newest page.</summary>
    FirstPage,

    /// <summary>ListHistory, the page after one that was answered.</summary>
    NextPage,
}

/// <summary>Something that a parent asks.</summary>
/// <param name="Start">When it is meant to begin.</param>
/// <param name="Kind">What.</param>
/// <param name="Pupil">Of whom; not looked at for a next page.</param>
/// <param name="Day">Of which of the month's days, where it is of one.</param>
internal readonly record struct ReadStep(TimeSpan Start, ReadKind Kind, int Pupil, int Day) : IStep;
