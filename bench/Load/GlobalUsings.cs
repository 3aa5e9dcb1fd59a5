global using Google.Protobuf;
global using NodaTime;
global using Zvonok.Domain;
global using Zvonok.Domain.Operations;
global using Zvonok.Simulation.Cities;
global using Zvonok.Simulation.Devices;
global using Zvonok.Load.Reports;
global using Zvonok.Load.Setup;
