using Google.Protobuf;
using Zvonok.Terminals.Storage;

namespace Zvonok.Terminals;

/// <summary>Facts that were not taken, for people to read.</summary>
internal static class NotTakenFacts
{
    public static NotTakenFact Of(RejectedFact rejected, MessageParser parser) => new(
        rejected.Fact.Position, rejected.Fact.Operation.ToGuid(), rejected.Code, rejected.Message, JsonFormatter.Default.Format(parser.ParseFrom(rejected.Fact.Body)));
}
