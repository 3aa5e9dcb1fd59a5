using System.Buffers.Binary;
using Zvonok.Registry.V1;

namespace Zvonok.Load.Setup;

/// <summary>The employee who settles a school's classes (M7): an account, and an active card that opens the school. Computed, like a pupil.</summary>
/// <param name="Account">Numbered after the city's pupils.</param>
/// <param name="CardUid">The radio number: four bytes, where those of pupils have seven.</param>
/// <param name="School">Where the employee works.</param>
internal readonly record struct Teacher(Domain.Accounts.AccountNumber Account, ByteString CardUid, School School)
{
    /// <summary>One for each school.</summary>
    public static IEnumerable<Teacher> All(City city) => city.Schools.Select(school => Of(city, school));

    /// <summary>The school's.</summary>
    public static Teacher Of(City city, School school)
    {
        Span<byte> uid = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(uid, school.Building.Value);
        return new Teacher(Domain.Accounts.AccountNumber.FromSerial((long)city.Plan.Pupils + school.Building.Value), ByteString.CopyFrom(uid), school);
    }

    /// <summary>The import's messages, an account and a card for each.</summary>
    public static IEnumerable<ImportRequest> Messages(City city) => All(city)
        .SelectMany(teacher => teacher.Rows(city.Plan.TimeZone)).Chunk(CityImport.RowsPerMessage).Select(chunk => new ImportRequest { Rows = { chunk } });

    private Row[] Rows(string timeZone) =>
    [
        new() { Account = new() { AccountNumber = Account.Value, Kind = AccountKind.Employee, TimeZone = timeZone } },
        new()
        {
            Card = new()
            {
                CardUid = CardUid, Kind = CardKind.SchoolCard, State = CardState.Active, AccountNumber = Account.Value, HomeBuildingId = School.Building.Value,
            },
        },
    ];
}
