using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zvonok.Journal.Postgres;
using Zvonok.Journal.Sqlite;

namespace Zvonok.Journal.Tests.Settings;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Zvonok:Journal:BatchSizeMax", "0", "BatchSizeMax")]
    [InlineData("Zvonok:Journal:BatchSizeMax", "10001", "BatchSizeMax")]
    [InlineData("Zvonok:Journal:QueueMax", "0", "QueueMax")]
    [InlineData("Zvonok:Journal:QueueMax", "1000001", "QueueMax")]
    [InlineData("Zvonok:Journal:DeadlineMilliseconds", "99", "DeadlineMilliseconds")]
    [InlineData("Zvonok:Journal:DeadlineMilliseconds", "10001", "DeadlineMilliseconds")]
    [InlineData("Zvonok:Journal:ReadConnectionsMax", "0", "ReadConnectionsMax")]
    [InlineData("Zvonok:Journal:ReadConnectionsMax", "101", "ReadConnectionsMax")]
    [InlineData("Zvonok:DataDirectory", "", "DataDirectory")]
    [InlineData("ConnectionStrings:Zvonok", "Hots=db", "ConnectionStrings:Zvonok")]
    [InlineData("ConnectionStrings:Zvonok", "Database=zvonok", "ConnectionStrings:Zvonok")]
    [InlineData("ConnectionStrings:Zvonok", "Host=db;Port=many", "ConnectionStrings:Zvonok")]
    public async Task A_bad_setting_stops_the_start_and_is_named(string key, string value, string name)
    {
        await using var services = Services((key, value));

        var failure = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        failure.Message.ShouldContain(name);
    }

    [Fact]
    public async Task Without_any_setting_it_is_SQLite_in_the_data_directory()
    {
        await using var services = Services();
        services.GetRequiredService<IStartupValidator>().Validate();

        var options = services.GetRequiredService<JournalOptions>();

        options.DataDirectory.ShouldBe("data");
        options.ConnectionString.ShouldBe("");
    }

    [Fact]
    public async Task A_data_directory_makes_it_SQLite_there()
    {
        await using var services = Services(("Zvonok:DataDirectory", "/nowhere/zvonok"));

        services.GetRequiredService<JournalDatabase>().ShouldBeOfType<SqliteDatabase>().Source.ConnectionString.ShouldContain("/nowhere/zvonok");
    }

    [Fact]
    public async Task A_connection_string_makes_it_PostgreSQL()
    {
        await using var services = Services(("ConnectionStrings:Zvonok", "Host=db.example;Database=zvonok"));
        services.GetRequiredService<IStartupValidator>().Validate();

        services.GetRequiredService<JournalDatabase>().ShouldBeOfType<PostgresDatabase>().Source.ConnectionString.ShouldContain("db.example");
    }

    [Fact]
    public void A_connection_string_without_a_host_says_how_it_should_look() =>
        new ConnectionStringValidator().Validate(null, new JournalOptions { ConnectionString = "Database=zvonok" }).FailureMessage.ShouldNotBeNull().ShouldContain("Host=");

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build())
        .AddLogging()
        .AddZvonokJournal()
        .BuildServiceProvider();
}
