namespace Zvonok.Simulation.Cities;

/// <summary>A school building with its pupils and devices.</summary>
/// <param name="Building">Its number.</param>
/// <param name="FirstPupil">The index of its first pupil in the city.</param>
/// <param name="PupilCount">How many follow one another from there.</param>
/// <param name="FirstGate">The first of its gates, whose numbers follow one another.</param>
/// <param name="GateCount">One for each <see cref="CityPlan.PupilsPerGate"/> pupils begun.</param>
/// <param name="OperatorId">Who runs its canteen.</param>
public sealed record School(BuildingId Building, int FirstPupil, int PupilCount, DeviceId FirstGate, int GateCount, int OperatorId)
{
    /// <summary>Its till, numbered after the gates.</summary>
    public DeviceId Till => new(FirstGate.Value + GateCount);

    /// <summary>One of its gates: 0 to <see cref="GateCount"/> − 1.</summary>
    public DeviceId Gate(int index) => new(FirstGate.Value + index % GateCount);
}

/// <summary>A kindergarten with its readers.</summary>
/// <param name="Building">Its number.</param>
/// <param name="FirstGate">The first of its readers, whose numbers follow one another.</param>
/// <param name="GateCount">One or two.</param>
public sealed record Kindergarten(BuildingId Building, DeviceId FirstGate, int GateCount);

/// <summary>A pupil of the city.</summary>
/// <param name="Index">0 to the number of pupils − 1.</param>
/// <param name="Account">The account.</param>
/// <param name="CardUid">The radio number of the one card: seven bytes.</param>
/// <param name="School">Where the pupil learns.</param>
public readonly record struct Pupil(int Index, AccountNumber Account, ByteString CardUid, School School)
{
    /// <summary>The gate that this pupil usually takes.</summary>
    public DeviceId Gate => School.Gate(Index - School.FirstPupil);
}
