using Microsoft.Extensions.Options;
using Npgsql;

namespace Zvonok.Journal;

/// <summary>A connection string that cannot be one stops the start, by name.</summary>
internal sealed class ConnectionStringValidator : IValidateOptions<JournalOptions>
{
    public ValidateOptionsResult Validate(string? name, JournalOptions options)
    {
        if (options.ConnectionString.Length == 0) return ValidateOptionsResult.Success;
        try
        {
            return new NpgsqlConnectionStringBuilder(options.ConnectionString).Host is { Length: > 0 }
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("ConnectionStrings:Zvonok names no Host: it should look like 'Host=…;Database=…;Username=…;Password=…'.");
        }
        catch (ArgumentException exception)
        {
            return ValidateOptionsResult.Fail($"ConnectionStrings:Zvonok is no PostgreSQL connection string: {exception.Message}");
        }
    }
}
