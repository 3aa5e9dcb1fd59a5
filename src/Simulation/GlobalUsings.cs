global using Google.Protobuf;
global using NodaTime;
global using Zvonok.Domain;
global using Zvonok.Domain.Accounts;
global using Zvonok.Domain.Operations;
