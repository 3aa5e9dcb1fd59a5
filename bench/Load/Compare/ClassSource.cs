using Google.Protobuf.WellKnownTypes;
using Zvonok.Till.V1;

namespace Zvonok.Load.Compare;

/// <summary>
/// An endless row of classes to settle: pupils who follow one another in a school, at its till and by its employee, one class after the other in an order that has
/// nothing to do with their schools. A child is met again when all classes were. Safe for any number of threads.
/// </summary>
internal sealed class ClassSource
{
    /// <summary>Children of a class.</summary>
    public const int Size = 25;

    private readonly SchoolClass[] _classes;
    private readonly PupilOrder _order;
    private long _position = -1;

    public ClassSource(City city)
    {
        _classes = [.. city.Schools.SelectMany(school => ClassesOf(city, school))];
        if (_classes.Length == 0) throw new InvalidOperationException($"No school of the city has a class of {Size}: take more --pupils.");
        _order = new PupilOrder(_classes.Length, city.Plan.Seed);
    }

    /// <summary>The next class's lunch, from the purses: to each child of one class what <see cref="Menu"/> sells to one pupil, to the next class's what it sells to the next.</summary>
    public SettleClassRequest Next(ByteString operation)
    {
        var index = _order[Interlocked.Increment(ref _position)];
        var settled = _classes[index];
        return new SettleClassRequest
        {
            OperationId = operation,
            DeviceId = settled.Teacher.School.Till.Value,
            EmployeeCardUid = settled.Teacher.CardUid,
            MealKind = MealKind.Lunch,
            Lines = { Menu.LinesFor(index) },
            TotalKopecks = Menu.PriceFor(index),
            Members = { settled.Members },
            EventTime = Timestamp.FromDateTimeOffset(SystemClock.Instance.GetCurrentInstant().ToDateTimeOffset()),
        };
    }

    // Whole classes only: those who are left over in a school buy by card.
    private static IEnumerable<SchoolClass> ClassesOf(City city, School school)
    {
        var teacher = Teacher.Of(city, school);
        return Enumerable.Range(0, school.PupilCount / Size).Select(number => new SchoolClass(
            teacher, [.. Enumerable.Range(school.FirstPupil + number * Size, Size).Select(index => MemberOf(city.PupilAt(index)))]));
    }

    private static ClassMember MemberOf(Pupil pupil) => new() { AccountNumber = pupil.Account.Value, Payer = ClassMember.Types.Payer.Purse };

    private sealed record SchoolClass(Teacher Teacher, ClassMember[] Members);
}
