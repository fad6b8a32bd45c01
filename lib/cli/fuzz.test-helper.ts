import type { ServiceModel } from "../engine/model";
import { loadModel, simulatedServices } from "./aws/models";

/** Every simulated service with its shapes. */
export const models = (): Promise<[string, ServiceModel][]> =>
  Promise.all(simulatedServices.map(async (service): Promise<[string, ServiceModel]> => [service, (await loadModel(service))!]));
