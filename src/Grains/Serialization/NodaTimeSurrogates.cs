namespace Zvonok.Grains.Serialization;

/// <summary>An <see cref="Instant"/> on the wire between silos: Unix ticks of 100 ns.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.InstantSurrogate")]
public readonly record struct InstantSurrogate([property: Id(0)] long Ticks);

/// <summary>Lets Orleans carry instants.</summary>
[RegisterConverter]
public sealed class InstantConverter : IConverter<Instant, InstantSurrogate>
{
    /// <inheritdoc/>
    public Instant ConvertFromSurrogate(in InstantSurrogate surrogate) => Instant.FromUnixTimeTicks(surrogate.Ticks);

    /// <inheritdoc/>
    public InstantSurrogate ConvertToSurrogate(in Instant value) => new(value.ToUnixTimeTicks());
}

/// <summary>A <see cref="LocalDate"/> on the wire between silos: ISO year, month and day.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.LocalDateSurrogate")]
public readonly record struct LocalDateSurrogate([property: Id(0)] int Year, [property: Id(1)] int Month, [property: Id(2)] int Day);

/// <summary>Lets Orleans carry calendar days.</summary>
[RegisterConverter]
public sealed class LocalDateConverter : IConverter<LocalDate, LocalDateSurrogate>
{
    /// <inheritdoc/>
    public LocalDate ConvertFromSurrogate(in LocalDateSurrogate surrogate) => new(surrogate.Year, surrogate.Month, surrogate.Day);

    /// <inheritdoc/>
    public LocalDateSurrogate ConvertToSurrogate(in LocalDate value) => new(value.Year, value.Month, value.Day);
}
